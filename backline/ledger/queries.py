"""Reads of the ledger. Balances are derived from postings and kept nowhere; every amount is of one currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from backline.ledger.models import Entry, LedgerAccount, Posting

PAGE_SIZE = 25


@dataclass(frozen=True)
class Balance:
    """What an account holds: all that came in less all that went out."""

    address: str
    currency: str
    amount_minor: int


@dataclass(frozen=True)
class PostingRow:
    """One movement of an entry, by address."""

    source: str
    destination: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class EntryDetail:
    """An entry with its postings. `reverses` is the key of the original; `reversed_by` the keys of its reversals."""

    entry_id: int
    key: str
    memo: str
    at: datetime
    reverses: str | None
    reversed_by: tuple[str, ...]
    postings: tuple[PostingRow, ...]


@dataclass(frozen=True)
class AccountLine:
    """What one entry moved into and out of an account."""

    entry_id: int
    key: str
    memo: str
    at: datetime
    in_minor: int
    out_minor: int

    @property
    def change_minor(self) -> int:
        """What it did to the balance."""
        return self.in_minor - self.out_minor


@dataclass(frozen=True)
class AccountPage:
    """Entries of an account, newest first; `next_before` continues the list, None at its end."""

    lines: tuple[AccountLine, ...]
    next_before: int | None


def balance(address: str, *, currency: str) -> int:
    """What an account holds; 0 when nothing was ever moved there."""
    account = (
        LedgerAccount.objects.filter(address=address, currency=currency).values_list("pk", flat=True).first()
    )
    if account is None:
        return 0
    return _sum(Q(destination=account)) - _sum(Q(source=account))


def balances(prefix: str, *, currency: str | None = None) -> list[Balance]:
    """Every account whose address begins with `prefix`, zero balances included, by address and currency."""
    accounts = LedgerAccount.objects.filter(_begins("address", prefix))
    if currency is not None:
        accounts = accounts.filter(currency=currency)
    wanted = accounts.values("pk")
    came = dict(_by("destination", Q(destination__in=wanted)))
    went = dict(_by("source", Q(source__in=wanted)))
    return [
        Balance(address, code, came.get(pk, 0) - went.get(pk, 0))
        for pk, address, code in accounts.order_by("address", "currency").values_list(
            "pk", "address", "currency"
        )
    ]


def entry(key: str) -> EntryDetail | None:
    """The entry with this key, or None. Three queries."""
    found = Entry.objects.select_related("reverses").filter(key=key).first()
    if found is None:
        return None
    postings = Posting.objects.filter(entry=found).order_by("pk")
    rows = postings.values_list("source__address", "destination__address", "amount_minor", "currency")
    return EntryDetail(
        entry_id=found.pk,
        key=found.key,
        memo=found.memo,
        at=found.at,
        reverses=found.reverses.key if found.reverses else None,
        reversed_by=tuple(found.reversals.order_by("pk").values_list("key", flat=True)),
        postings=tuple(PostingRow(*row) for row in rows),
    )


def account_page(
    address: str, *, currency: str, before: int | None = None, size: int = PAGE_SIZE
) -> AccountPage | None:
    """The newest entries of an account, or those with a lower number than `before`. None: there is no such account.

    Four queries, each along an index: it costs the same at any number of postings.
    """
    account = LedgerAccount.objects.filter(address=address, currency=currency).first()
    if account is None:
        return None
    came = _entry_sums("destination", account.pk, before, size + 1)
    went = _entry_sums("source", account.pk, before, size + 1)
    numbers = sorted(came.keys() | went.keys(), reverse=True)[: size + 1]
    shown = numbers[:size]
    entries = Entry.objects.in_bulk(shown)
    lines = tuple(
        AccountLine(
            number,
            entries[number].key,
            entries[number].memo,
            entries[number].at,
            came.get(number, 0),
            went.get(number, 0),
        )
        for number in shown
    )
    return AccountPage(lines, shown[-1] if len(numbers) > size else None)


def entry_count() -> int:
    """How many entries there are. One walk along the key of the table."""
    return Entry.objects.count()


def booked(prefix: str, *, source: str = "", destination: str = "") -> dict[str, tuple[int, int]]:
    """How many entries have such a key, and what they moved out of `source` or into `destination`, by currency."""
    end = {"source__address": source} if source else {"destination__address": destination}
    moved = Posting.objects.filter(_begins("entry__key", prefix), **end)
    sums = moved.order_by("currency").values_list("currency")
    rows = sums.annotate(entries=Count("entry", distinct=True), sum=Sum("amount_minor"))
    return {currency: (entries, amount) for currency, entries, amount in rows}


def _begins(field: str, prefix: str) -> Q:
    """A range, not LIKE: an index serves it on both databases, and nothing in the prefix is a pattern."""
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + "\uffff"})


def _sum(where: Q) -> int:
    return Posting.objects.filter(where).aggregate(sum=Sum("amount_minor"))["sum"] or 0


def _by(end: str, where: Q) -> list[tuple[int, int]]:
    found = Posting.objects.filter(where).order_by(end).values_list(end)
    return list(found.annotate(Sum("amount_minor")))


def _entry_sums(end: str, account_id: int, before: int | None, limit: int) -> dict[int, int]:
    """What the newest entries moved at one end of an account, by entry number."""
    postings = Posting.objects.filter(**{end: account_id})
    if before is not None:
        postings = postings.filter(entry__lt=before)
    sums = postings.order_by("-entry_id").values_list("entry_id").annotate(Sum("amount_minor"))
    return dict(sums[:limit])
