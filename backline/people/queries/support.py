"""Reads about letters to staff."""

from __future__ import annotations

from backline.core.paging import Paged, paged
from backline.people.models import Enclosure, Letter, Ticket

SHOWN = 50


def tickets_of(account_id: int) -> list[Ticket]:
    """The account's newest tickets. One query."""
    return list(Ticket.objects.filter(account_id=account_id).order_by("-updated_at", "-pk")[:SHOWN])


def ticket_of(account_id: int, ticket_id: int) -> Ticket | None:
    """One of the account's tickets. One query."""
    return Ticket.objects.filter(pk=ticket_id, account_id=account_id).first()


def any_ticket(ticket_id: int) -> Ticket | None:
    """A ticket of anybody's, for staff, with account and artist. One query."""
    return Ticket.objects.select_related("account", "artist").filter(pk=ticket_id).first()


def letters(ticket: Ticket) -> list[Letter]:
    """What was written, oldest first, with files. Two queries."""
    return list(ticket.letters.select_related("by").prefetch_related("enclosures"))


def inbox(state: str, *, page: int, size: int) -> Paged[Ticket]:
    """A page of the tickets in a state, longest waiting first. Two queries."""
    rows = Ticket.objects.filter(state=state).select_related("account", "artist")
    return paged(rows.order_by("updated_at", "pk"), page=page, size=size, read=lambda row: row)


def enclosure_for(account_id: int, *, is_staff: bool, file_id: int) -> Enclosure | None:
    """A file of a letter: for the account that wrote or got it, and for staff. One query."""
    found = Enclosure.objects.filter(pk=file_id)
    return (found if is_staff else found.filter(letter__ticket__account_id=account_id)).first()
