"""An artist's own money from the pool."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, QuerySet

from backline.money.actions.booking import accrued_through
from backline.money.actions.settling import last_settled_month
from backline.money.models import Settlement, Statement
from backline.money.queries.settlements import StatementRow, statement_rows
from backline.money.rules import month_of, next_month, pool_rule
from backline.money.shares import accrued_micro


@dataclass(frozen=True)
class Estimate:
    """What an artist has accrued in the open month through a closed day, in micro-units.

    `micro_units` is None under a rule that divides only once the month is over.
    """

    month: date
    through: date
    micro_units: int | None


def statements(artist_id: int) -> list[StatementRow]:
    """The artist's statements, newest first, of closed settlements."""
    return statement_rows(_closed().filter(artist=artist_id).order_by("-settlement__month", "currency"))


def statement(statement_id: int) -> StatementRow | None:
    """One statement of a closed settlement, or None."""
    return next(iter(statement_rows(_closed().filter(pk=statement_id))), None)


def first_statement_at(artist_id: int) -> datetime | None:
    """When the artist's first statement with earnings was made; None when there is none."""
    found: datetime | None = _earning().filter(artist=artist_id).aggregate(at=Min("at"))["at"]
    return found


def first_statements() -> dict[int, datetime]:
    """`first_statement_at` of every artist that has one. One query."""
    return dict(_earning().values_list("artist_id").annotate(Min("at")).order_by("artist_id"))


def open_month_estimate(artist_id: int, currency: str) -> Estimate | None:
    """What the artist accrued in the month that is open, corrections included; None before any day has."""
    through = accrued_through()
    if through is None:
        return None
    last = last_settled_month()
    month = max(next_month(last), month_of(through)) if last else month_of(through)
    if pool_rule(month).monthly:
        return Estimate(month, through, None)
    micro = accrued_micro(artist_id, currency=currency, first=month, last=through)
    return Estimate(month, through, micro)


def _closed() -> QuerySet[Statement]:
    return Statement.objects.filter(settlement__state=Settlement.State.CLOSED)


def _earning() -> QuerySet[Statement]:
    return _closed().filter(earned_minor__gt=0)
