"""Progress: XP, level and achievements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.core import clock
from backline.domain.levels import Standing
from backline.people.models import Member
from backline.standing import actions as standing
from backline.web import access
from backline.web.progress.forms import CATEGORIES, RARITIES, STATUSES, Choices, choices_of
from backline.web.progress.listing import MEDALS, UNITS
from backline.web.progress.rules import rules
from backline.web.progress.sections import TOGETHER, Sections
from backline.web.render import page
from backline.web.sections import attempt, wanted
from backline.web.shell import shell_for
from backline.web.standing_news import tell

QUEUED = "Your XP is computed anew. This page shows it in a moment."
TOO_SOON = "This was asked for a moment ago. A new computation can be asked for once every 10 seconds."
PUSHED = ("achievements", "history")


@require_safe
@access.artist_page("Progress")
def progress(request: HttpRequest, member: Member) -> HttpResponse:
    """Sections read one by one; htmx asks for one of them."""
    now, choices = clock.now(), choices_of(request, artist=member.artist.handle)
    tell(request, member, now=now)
    reads = wanted(request, Sections(member, choices, now=now).reads(), TOGETHER)
    found: dict[str, Any] = {name: attempt(request, name, read) for name, read in reads.items()}
    level = getattr(found.get("freshness"), "level", None)
    around = _around(request, choices, level)
    answer = page(request, "progress/page.html", **around, too_soon=False, **found)
    if request.headers.get("HX-Target") in PUSHED:
        answer["HX-Push-Url"] = choices.address()
    if request.headers.get("HX-Target") == "freshness" and not getattr(found["freshness"], "waits", True):
        answer["HX-Refresh"] = "true"  # what was waited for is there: every section shows it
    return answer


@require_POST
@access.artist_page("Progress")
def refresh(request: HttpRequest, member: Member) -> HttpResponse:
    """Queues a new computation of this artist, at most once every ten seconds."""
    now, choices = clock.now(), choices_of(request, artist=member.artist.handle)
    queued = standing.ask_refresh(member.artist, now=now)
    if getattr(request, "htmx", False):
        fresh = Sections(member, choices, now=now).progress
        return page(request, "progress/page.html", choices=choices, freshness=fresh, too_soon=not queued)
    messages.info(request, QUEUED if queued else TOO_SOON)
    return redirect(choices.address())


def _around(request: HttpRequest, choices: Choices, level: Standing | None) -> dict[str, Any]:
    """What the page shows besides its sections. `level` is None where it was not read."""
    filters = {"status": STATUSES, "category": CATEGORIES, "rarity": RARITIES}
    here = shell_for(request, level=level).level
    return {"choices": choices, "rules": rules(here), "filters": filters, "medals": MEDALS, "units": UNITS}
