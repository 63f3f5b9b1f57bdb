"""How the members' page names people, leads back, and tells refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from backline.people import actions
from backline.people.models import Member


@contextmanager
def told(request: HttpRequest) -> Iterator[None]:
    """What is not possible is said on the next page."""
    try:
        yield
    except actions.NotPossible as reason:
        messages.error(request, str(reason))


def address(member: Member) -> str:
    """The members' page of the member's artist."""
    return f"/backstage/members/?artist={member.artist.handle}"


def name(member: Member) -> str:
    """What to call a member."""
    return str(member.account)
