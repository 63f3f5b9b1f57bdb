"""The one write of the ledger: an entry with its postings, under a key that can be used once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, Sum

from backline.core import locks, sql
from backline.domain.currencies import LARGEST_MINOR, minor_digits
from backline.ledger.accounts import is_address
from backline.ledger.models import Entry, LedgerAccount, Posting

LONGEST_KEY, LONGEST_MEMO = 120, 200
Ends = tuple[str, str, str]
_UNDER_KEY = "SELECT 1 FROM ledger_entry WHERE key = %s"
_ACCOUNTS = "SELECT id, address, currency FROM ledger_ledgeraccount WHERE address IN ({addresses})"


class OtherContent(Exception):
    """The key was used for an entry that says something else."""


class TooMuchReversed(Exception):
    """A reversal moves back what the original did not move, or more than is left of it."""


@dataclass(frozen=True)
class Move:
    """A posting to be written: from one address to another, more than 0 minor units."""

    source: str
    destination: str
    amount_minor: int
    currency: str

    @property
    def ends(self) -> Ends:
        """What it moves between."""
        return self.source, self.destination, self.currency


def post_entry(
    key: str, *, moves: Sequence[Move], memo: str, now: datetime, reverses: str | None = None
) -> Entry:
    """Writes an entry. The same key with the same content again changes nothing; the order of moves is not content.

    `reverses` is the key of an entry of which this takes something back: each move must be one of the original's with
    its ends swapped, and all reversals of an entry together may not exceed it.

    Raises:
        OtherContent: the key was used for something else.
        TooMuchReversed: not in the original, or more than is left of it.
        Entry.DoesNotExist: there is no entry `reverses`.
        UnknownCurrency, ValueError: a move makes no sense.
    """
    if not 0 < len(key) <= LONGEST_KEY or len(memo) > LONGEST_MEMO:
        raise ValueError(f"{key!r} and {memo!r} are no key and memo")
    _demand_sense(moves)
    digest = content_digest(moves=moves, memo=memo, reverses=reverses)
    with transaction.atomic():
        locks.hold("ledger")
        if sql.rows(_UNDER_KEY, key):
            found = Entry.objects.get(key=key)
            if found.content_sha256 != digest:
                raise OtherContent(f"the ledger's entry {key} says something else")
            return found
        original = Entry.objects.get(key=reverses) if reverses else None
        if original is not None:
            _demand_room(original, moves)
        entry = Entry.objects.create(key=key, content_sha256=digest, memo=memo, at=now, reverses=original)
        _write(entry, moves)
    return entry


def content_digest(*, moves: Sequence[Move], memo: str, reverses: str | None) -> str:
    """SHA-256 of what an entry says: memo, reversed key, moves in a fixed order. The time is not content."""
    content = [memo, reverses, sorted(astuple(move) for move in moves)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


def _demand_sense(moves: Sequence[Move]) -> None:
    if not moves:
        raise ValueError("an entry has at least one move")
    for move in moves:
        minor_digits(move.currency)
        if type(move.amount_minor) is not int or not 0 < move.amount_minor <= LARGEST_MINOR:
            raise ValueError(f"{move.amount_minor!r} is not a whole amount above 0")
        if move.source == move.destination:
            raise ValueError(f"{move.source} would be moved to itself")
        for address in (move.source, move.destination):
            if not is_address(address):
                raise ValueError(f"{address} is not in the chart of accounts")


def _demand_room(original: Entry, moves: Sequence[Move]) -> None:
    """The trigger would refuse too; this says what is wrong."""
    if original.reverses_id is not None:
        raise TooMuchReversed(f"{original.key} is itself a reversal; write a new entry instead")
    room = _moved(Posting.objects.filter(entry=original))
    for (source, destination, currency), amount in _moved(
        Posting.objects.filter(entry__reverses=original)
    ).items():
        room[destination, source, currency] -= amount
    for move in moves:
        back = (move.destination, move.source, move.currency)
        room[back] -= move.amount_minor
        if room[back] < 0:
            raise TooMuchReversed(
                f"{original.key} has not so much left from {back[0]} to {back[1]} in {back[2]}"
            )


def _moved(postings: QuerySet[Posting]) -> Counter[Ends]:
    ends = ("source__address", "destination__address", "currency")
    return Counter(
        {
            (source, destination, currency): amount
            for source, destination, currency, amount in postings.values_list(*ends).annotate(
                Sum("amount_minor")
            )
        }
    )


def _write(entry: Entry, moves: Sequence[Move]) -> None:
    accounts = _accounts(
        {(address, move.currency) for move in moves for address in (move.source, move.destination)}
    )
    Posting.objects.bulk_create(
        [
            Posting(
                entry=entry,
                source_id=accounts[move.source, move.currency],
                destination_id=accounts[move.destination, move.currency],
                amount_minor=move.amount_minor,
                currency=move.currency,
            )
            for move in moves
        ],
        batch_size=500,
    )


def _accounts(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The numbers of accounts, opened where there was none."""
    found: dict[tuple[str, str], int] = {}
    addresses = sorted({address for address, _ in wanted})
    for start in range(0, len(addresses), 400):
        some = addresses[start : start + 400]
        rows = sql.rows(_ACCOUNTS.format(addresses=sql.marks(some)), *some)
        found |= {(address, currency): pk for pk, address, currency in rows}
    new = [
        LedgerAccount(address=address, currency=currency)
        for address, currency in sorted(wanted - found.keys())
    ]
    for account in LedgerAccount.objects.bulk_create(new, batch_size=400):
        found[account.address, account.currency] = account.pk
    return found
