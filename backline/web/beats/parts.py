"""What My Beats reads: every section by itself; of a large catalogue, what is below the table when it is reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from backline.catalog.queries.catalogue import state_counts
from backline.people.models import Member
from backline.web.beats import overview
from backline.web.beats.partners import collaboration
from backline.web.beats.queries import beat_table
from backline.web.beats.recommended import recommended
from backline.web.beats.state import State
from backline.web.sections import attempt, wanted
from backline.web.shell import shell_for

MANY = 500  # listed beats
AT_ONCE = ("growth", "beats")


def parts_of(
    request: HttpRequest, member: Member, state: State, *, hidden: frozenset[str], now: datetime
) -> dict[str, Any]:
    """The sections that are asked for, by name, and what the page says around them."""
    basis, counts = overview.Basis(member, now=now), shell_for(request).counts
    listed = counts.listed_beats if counts else 0
    reads: dict[str, Callable[[], Any]] = {
        "growth": lambda: overview.head(basis),
        "beats": lambda: beat_table(
            member, state, featured=basis.featured, hidden=hidden, listed=listed, now=now
        ),
        "collaboration": lambda: collaboration(basis),
        "steps": lambda: overview.steps(basis),
        "recommended": lambda: recommended(member),
    }
    asked = wanted(request, reads)
    late = len(asked) > 1 and listed > MANY and request.GET.get("sections") != "all"
    names = AT_ONCE if late else tuple(asked)
    states = state_counts(member.artist_id, listed=listed) if len(asked) > 1 else []
    found = {name: attempt(request, name, asked[name]) for name in names}
    return {"late": late, "states": states, "hidden": hidden, **found}
