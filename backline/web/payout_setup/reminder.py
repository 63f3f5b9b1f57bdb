"""The reminder to set payouts up: for owners with money waiting, once a session, until it is dismissed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from backline.money import queries as money
from backline.people.models import Member

DISMISSED = "payout_reminder_dismissed"


@dataclass(frozen=True)
class Reminder:
    """What waits for the artist, in minor units by currency, and where to come back to when it is dismissed."""

    waiting: dict[str, int]
    handle: str
    back: str


def reminder(request: HttpRequest, member: Member) -> Reminder | None:
    """The reminder, or None: no owner, nothing waits, or it was dismissed in this session."""
    if not reminds(request, member):
        return None
    waiting = money.waiting_minor(member.artist_id)
    return Reminder(waiting, member.artist.handle, request.get_full_path()) if waiting else None


def reminds(request: HttpRequest, member: Member) -> bool:
    """Whether this session is reminded, if anything waits."""
    return member.role == Member.Role.OWNER and not request.session.get(DISMISSED)


def dismiss_reminder(request: HttpRequest) -> None:
    """Not again in this session."""
    request.session[DISMISSED] = True
