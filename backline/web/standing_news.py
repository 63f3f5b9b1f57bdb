"""Telling an account what was unlocked, once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest

from backline.domain.levels import standing
from backline.people.models import Member
from backline.standing import actions, queries
from backline.standing.achievements import tells_of_money
from backline.standing.models import Award
from backline.web import viewer
from backline.web.formats import number

MOST = 3
MOST_ARTISTS = 20
log = logging.getLogger("backline.web")


def keep_up(request: HttpRequest, *, now: datetime) -> None:
    """Derives the XP of the artists that a request was about, where their facts changed, and tells of a new level.

    The request has been answered in any case: what fails here is logged and done by the worker's next round.
    """
    members: list[Member] = getattr(request, "_memberships", None) or []
    try:
        moved = actions.refresh([member.artist_id for member in members[:MOST_ARTISTS]], now=now)
        for before, after in ((standing(xp) for xp in pair) for pair in moved.values()):
            if after.level > before.level and hasattr(request, "_messages"):
                messages.success(request, f"Level {after.level} reached: {after.title}")
    except Exception:
        log.exception("the XP after %s was not derived", request.path)


def tell(request: HttpRequest, member: Member, *, now: datetime) -> None:
    """Adds a toast for each new unlock of the artist, or one for many. Fragments tell nothing: they show no toasts.

    Staff who look as the account are told nothing: it would not be told again.
    """
    account = None if viewer.looking(request) else viewer.account(request)
    if account is None or (getattr(request, "htmx", False) and not request.headers.get("HX-Boosted")):
        return
    awards = actions.claim_unlocks(account, artist_id=member.artist_id, now=now)
    shown = [award for award in awards if member.sees_money or not tells_of_money(award.rule)]
    for sentence in sentences(shown):
        messages.success(request, sentence)


def sentences(awards: Sequence[Award]) -> list[str]:
    """What the toasts say."""
    if len(awards) > MOST:
        gained = number(sum(award.amount for award in awards))
        return [f"{len(awards)} achievements unlocked: +{gained} XP"]
    return [
        f"Achievement unlocked: {queries.achievement_name(award.rule)}, +{number(award.amount)} XP"
        for award in awards
    ]
