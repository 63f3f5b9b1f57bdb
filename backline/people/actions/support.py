"""Writing to staff, and answering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from backline.core import files, locks
from backline.core.ids import uuid7
from backline.outbox.actions import notify
from backline.people.models import Account, Artist, Enclosure, Letter, Ticket

MOST_FILES, MOST_A_DAY = 5, 20


class TooMany(Exception):
    """More than a person writes in a day, or more files than a letter takes."""


@dataclass(frozen=True)
class File:
    """A checked file on its way: where it lies, what it was called, its media type."""

    path: Path
    name: str
    media_type: str


@dataclass(frozen=True)
class Matter:
    """What a new ticket is about."""

    topic: str
    subject: str
    page: str = ""
    request_id: str = ""


def open_ticket(
    account: Account,
    *,
    matter: Matter,
    text: str,
    now: datetime,
    artist: Artist | None = None,
    enclosed: Sequence[File] = (),
) -> Ticket:
    """Writes to staff. The same subject and text once more within a day is the same ticket.

    Raises:
        TooMany: see there.
    """
    with transaction.atomic():
        locks.hold(f"tickets:{account.pk}")
        today = Ticket.objects.filter(account=account, created_at__gt=now - timedelta(days=1))
        again = today.filter(subject=matter.subject, letters__text=text, letters__by=account).first()
        if again is not None:
            return again
        if today.count() >= MOST_A_DAY:
            raise TooMany(f"You wrote {MOST_A_DAY} times today. Write into one of those instead.")
        ticket = Ticket.objects.create(
            account=account, artist=artist, topic=matter.topic, subject=matter.subject, page=matter.page,
            request_id=matter.request_id, created_at=now, updated_at=now,
        )  # fmt: skip
        _write(ticket, text, by=account, of_staff=False, enclosed=enclosed, now=now)
    return ticket


def write_again(ticket: Ticket, *, text: str, now: datetime, enclosed: Sequence[File] = ()) -> Letter:
    """The writer adds something; a closed ticket opens again. The same text once more, right after, is one letter.

    Raises:
        TooMany: see there.
    """
    with transaction.atomic():
        letter = _write(ticket, text, by=ticket.account, of_staff=False, enclosed=enclosed, now=now)
        Ticket.objects.filter(pk=ticket.pk).update(state=Ticket.State.OPEN, updated_at=now)
    return letter


def answer_ticket(ticket: Ticket, *, text: str, by: Account, now: datetime, close: bool = False) -> Letter:
    """Staff answer; the writer is told. The same text once more, right after, is one letter."""
    with transaction.atomic():
        letter = _write(ticket, text, by=by, of_staff=True, enclosed=(), now=now)
        state = Ticket.State.CLOSED if close else Ticket.State.ANSWERED
        Ticket.objects.filter(pk=ticket.pk).update(state=state, updated_at=now)
        said, where = f"Staff answered: {ticket.subject}", f"/help/support/{ticket.pk}/"
        notify(
            "support",
            account_ids=[ticket.account_id],
            now=now,
            text=said,
            url=where,
            key=f"letter:{letter.pk}",
        )
    return letter


def close_ticket(ticket: Ticket, *, now: datetime) -> None:
    """Ends it without another word."""
    Ticket.objects.filter(pk=ticket.pk).update(state=Ticket.State.CLOSED, updated_at=now)


def _write(
    ticket: Ticket, text: str, *, by: Account, of_staff: bool, enclosed: Sequence[File], now: datetime
) -> Letter:
    if len(enclosed) > MOST_FILES:
        raise TooMany(f"A letter takes {MOST_FILES} files.")
    locks.hold(f"ticket:{ticket.pk}")
    last = ticket.letters.last()
    if last is not None and (last.by_id, last.text) == (by.pk, text):
        return last
    letter = Letter.objects.create(ticket=ticket, by=by, of_staff=of_staff, text=text, at=now)
    kept: list[str] = []
    try:
        for file in enclosed:
            kept.append(f"enclosures/{uuid7(now)}")
            size = file.path.stat().st_size
            files.keep(file.path, f"{kept[-1]}/file")
            Enclosure.objects.create(
                letter=letter, file_name=file.name[:255], key=f"{kept[-1]}/file", media_type=file.media_type,
                size_bytes=size,
            )  # fmt: skip
    except BaseException:
        for folder in kept:
            files.remove_folder(folder)
        raise
    return letter
