"""Settlements for staff: what would be settled, what was, and what is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from backline.core.paging import Paged, paged
from backline.money.actions.settling import next_month_to_settle
from backline.money.models import Accrual, Settlement, Statement

PER_PAGE, PORTION = 50, 500
LARGEST_FIRST = ("currency", "-earned_minor", "artist_id")


@dataclass(frozen=True)
class CurrencyTotal:
    """The sums of a settlement in one currency. `pool_minor` is what its days divided: the same as `earned_minor`."""

    currency: str
    statements: int
    pool_minor: int
    earned_minor: int
    bonus_minor: int
    payable_minor: int
    carried_minor: int
    held_minor: int
    excluded_minor: int
    written_off_minor: int
    artists_payable: int


@dataclass(frozen=True)
class SettlementRow:
    """A settlement and its sums. `posted` of `chunks` parts are in the ledger."""

    id: int
    month: date
    rule: str
    state: str
    digest: str
    chunks: int
    posted: int
    started_at: datetime
    closed_at: datetime | None
    totals: list[CurrencyTotal]


@dataclass(frozen=True)
class StatementRow:
    """What one artist gets in one currency, in minor units; `id` is None in a preview.

    earned + bonus + carried_in + released + written_off = payable + held + carried_out + excluded.
    """

    id: int | None
    settlement_id: int | None
    month: date
    artist_id: int
    artist_name: str
    handle: str
    currency: str
    earned_minor: int
    bonus_minor: int
    carried_in_minor: int
    released_minor: int
    written_off_minor: int
    excluded_minor: int
    held_minor: int
    carried_out_minor: int
    payable_minor: int
    state: str
    beats: int
    at: datetime | None


def months_to_settle() -> list[date]:
    """The month that can be settled now, if there is one: whole, and every earlier one settled."""
    month = next_month_to_settle()
    return [month] if month else []


def settlements() -> list[SettlementRow]:
    """All settlements, newest month first. Three queries."""
    rows = list(Settlement.objects.all())
    totals = _totals(Statement.objects.all())
    return [_settlement(row, totals.get(row.pk, [])) for row in rows]


def settlement(settlement_id: int) -> SettlementRow | None:
    """One settlement, or None."""
    row = Settlement.objects.filter(pk=settlement_id).first()
    if row is None:
        return None
    return _settlement(row, _totals(Statement.objects.filter(settlement=row)).get(row.pk, []))


def statements_of(
    settlement_id: int, *, search: str = "", currency: str = "", page: int = 1
) -> Paged[StatementRow]:
    """A page of a settlement's statements, largest first; `search` is in the artist's name or handle. Two queries."""
    found = Statement.objects.filter(settlement=settlement_id)
    if currency:
        found = found.filter(currency=currency)
    if search:
        found = found.filter(Q(artist__name__icontains=search) | Q(artist__handle__icontains=search))
    return paged(_whole(found.order_by(*LARGEST_FIRST)), page=page, size=PER_PAGE, read=statement_row)


def every_statement_of(settlement_id: int) -> Iterator[StatementRow]:
    """All of a settlement's statements in the order of the pages, read in portions."""
    found = Statement.objects.order_by(*LARGEST_FIRST)
    ids = list(found.filter(settlement=settlement_id).values_list("pk", flat=True))
    for start in range(0, len(ids), PORTION):
        yield from statement_rows(found.filter(pk__in=ids[start : start + PORTION]))


def statement_rows(found: QuerySet[Statement]) -> list[StatementRow]:
    """Statements as screens read them. One query."""
    return [statement_row(row) for row in _whole(found)]


def _whole(found: QuerySet[Statement]) -> QuerySet[Statement]:
    return found.select_related("artist", "settlement").defer("packed")


def statement_row(row: Statement) -> StatementRow:
    """One statement; its artist and settlement have been read with it."""
    return StatementRow(
        id=row.pk,
        settlement_id=row.settlement_id,
        month=row.settlement.month,
        artist_id=row.artist_id,
        artist_name=row.artist.name,
        handle=row.artist.handle,
        currency=row.currency,
        earned_minor=row.earned_minor,
        bonus_minor=row.bonus_minor,
        carried_in_minor=row.carried_in_minor,
        released_minor=row.released_minor,
        written_off_minor=row.written_off_minor,
        excluded_minor=row.excluded_minor,
        held_minor=row.held_minor,
        carried_out_minor=row.carried_out_minor,
        payable_minor=row.payable_minor,
        state=row.state,
        beats=row.beats,
        at=row.at,
    )


def _totals(found: QuerySet[Statement]) -> dict[int, list[CurrencyTotal]]:
    sums = found.values_list("settlement_id", "settlement__month", "currency").annotate(
        Count("id"), Sum("earned_minor"), Sum("bonus_minor"), Sum("payable_minor"), Sum("carried_out_minor"),
        Sum("held_minor"), Sum("excluded_minor"), Sum("written_off_minor"),
        able=Count("id", filter=Q(payable_minor__gt=0)),
    )  # fmt: skip
    by_month = Accrual.objects.annotate(month=TruncMonth("day")).values_list("month", "currency")
    pools = {(month, currency): pool for month, currency, pool in by_month.annotate(Sum("bucket_minor"))}
    rows: dict[int, list[CurrencyTotal]] = {}
    for pk, month, currency, count, *amounts in sums.order_by("settlement_id", "currency"):
        some = CurrencyTotal(currency, count, pools.get((month, currency), 0), *amounts)
        rows.setdefault(pk, []).append(some)
    return rows


def _settlement(row: Settlement, totals: list[CurrencyTotal]) -> SettlementRow:
    return SettlementRow(
        id=row.pk,
        month=row.month,
        rule=row.rule,
        state=row.state,
        digest=row.digest,
        chunks=row.chunks,
        posted=row.posted,
        started_at=row.started_at,
        closed_at=row.closed_at,
        totals=totals,
    )
