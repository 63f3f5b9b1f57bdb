"""An artist's Transactions: a page of rows with the counts of every tab, and one row in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.core import sql
from backline.core.paging import page_of
from backline.domain.earning_status import TABS, Status
from backline.listening.calendar import reporting
from backline.money.queries.movements import Movement, movements
from backline.money.queries.narrowing import EVERYTHING, Filters, in_tab, of_artist
from backline.money.queries.sentences import sentence
from backline.money.queries.sums import RowSum, currencies_in, sums_of, tab_counts
from backline.money.rules import next_month

__all__ = [
    "EVERYTHING",
    "Filters",
    "TransactionPage",
    "TransactionRow",
    "currencies_of",
    "every_transaction",
    "transactions",
]


@dataclass(frozen=True)
class TransactionRow:
    """One row. `on`: when it was earned; its period: a month or a reporting day. `pending`: it may change by itself."""

    key: str
    kind: str
    currency: str
    month: date | None
    beat_id: int | None
    beat_name: str
    buyer: str
    period_first: date
    period_last: date
    on: datetime
    available_on: date | None
    amount_minor: int
    original_minor: int
    bonus_minor: int
    status: str
    sentence: str
    reference: str
    statement_id: int | None
    sale_id: int | None
    pending: bool

    @property
    def what(self) -> str:
        """The month or the beat that it is for, as tables name it."""
        return f"{self.month:%Y-%m}" if self.month else self.beat_name


@dataclass(frozen=True)
class TransactionPage:
    """A page of rows, newest first, with the count of each tab under the same filters. `queued`: of all rows."""

    rows: list[TransactionRow]
    counts: dict[str, int]
    total: int
    first: int
    last: int
    page: int
    pages: int
    queued: int


# long: the filters of the page are named one by one, as in its address
def transactions(
    artist_id: int,
    *,
    currency: str,
    now: datetime,
    tab: str = "all",
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
    search: str = "",
    card: str = "",
    page: int = 1,
    size: int = 10,
    sums: Sequence[RowSum] | None = None,
) -> TransactionPage:
    """A page of the artist's rows. Three queries whatever their number, or four; one less with `sums` handed in."""
    filters = Filters(tab, kind, first, last, search, card)
    parts = [part for part in (sums_of(artist_id) if sums is None else sums) if part.currency == currency]
    counts = _counts(artist_id, currency, filters, parts)
    total = counts.get(tab, counts["all"])
    here = page_of(total, page=page, size=size)
    # Numbers first: the index has them, however far back the page is.
    ids = _ids(artist_id, currency, filters, f" LIMIT {here.stop - here.start} OFFSET {here.start}")
    return TransactionPage(
        list(all_shown(ids, now=now)),
        counts,
        total,
        min(here.start + 1, total),
        min(here.stop, total),
        here.number,
        here.pages,
        sum(part.count for part in parts if part.status == Status.QUEUED),
    )


def every_transaction(
    artist_id: int, *, currency: str, now: datetime, filters: Filters = EVERYTHING
) -> Iterator[TransactionRow]:
    """All rows under the filters, newest first, read in portions."""
    yield from all_shown(_ids(artist_id, currency, filters), now=now)


def all_shown(ids: Sequence[int], *, now: datetime) -> Iterator[TransactionRow]:
    """The rows with these numbers as the list shows them, in their order, read in portions."""
    return (shown(row, now=now) for row in movements(ids))


def currencies_of(artist_id: int) -> list[str]:
    """The currencies in which the artist has rows, the most rows first."""
    return currencies_in(sums_of(artist_id))


def shown(row: Movement, *, now: datetime) -> TransactionRow:
    """One row as the list shows it."""
    day = reporting().today(row.at)
    return TransactionRow(
        key=row.key,
        kind=row.kind,
        currency=row.currency,
        month=row.month,
        beat_id=row.beat_id,
        beat_name=row.beat_name or "",
        buyer=row.buyer or "",
        period_first=row.month or day,
        period_last=next_month(row.month) - timedelta(days=1) if row.month else day,
        on=row.at,
        available_on=row.available_on,
        amount_minor=row.amount_minor,
        original_minor=row.original_minor,
        bonus_minor=row.bonus_minor,
        status=row.status,
        sentence=sentence(row, now=now),
        reference=row.reference,
        statement_id=row.statement_id,
        sale_id=row.sale_id,
        pending=row.status in TABS["pending"],
    )


def _ids(artist_id: int, currency: str, filters: Filters, part: str = "") -> list[int]:
    where = in_tab(of_artist(artist_id, currency, filters), filters.tab)
    statement = f"SELECT id FROM money_earning WHERE {where} ORDER BY at DESC, id DESC{part}"
    return [number for (number,) in sql.rows(statement, *where.values)]


def _counts(artist_id: int, currency: str, filters: Filters, parts: list[RowSum]) -> dict[str, int]:
    if not filters.narrow:
        return tab_counts((part.kind, part.status, part.count) for part in parts)
    where = of_artist(artist_id, currency, filters)
    grouped = f"SELECT kind, status, COUNT(*) FROM money_earning WHERE {where} GROUP BY kind, status"
    return tab_counts(sql.rows(grouped, *where.values))
