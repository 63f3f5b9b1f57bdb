"""An artist's figures from the rows of Transactions: the cards, months, beats, countries, years, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import ExtractYear

from backline.catalog.models import Beat
from backline.core import sql
from backline.domain.earning_status import Place, Status
from backline.listening.calendar import reporting
from backline.listening.closing import CLOSES_AFTER
from backline.money.actions.advancing import settles_on
from backline.money.actions.settling import last_settled_month, next_month_to_settle
from backline.money.models import Earning, Payout
from backline.money.queries.artists import Estimate, open_month_estimate
from backline.money.queries.sums import RowSum, sums_of
from backline.money.queries.transactions import TransactionRow, all_shown
from backline.money.rules import month_of, next_month

FEWEST_BUYERS = 5
_WITH_US = (Place.HELD, Place.AVAILABLE)
# Read by every Dashboard: see core/sql.py for why the ORM does not build it. An account that works waits for nothing.
_WAITING = """
SELECT currency, SUM(amount_minor) FROM money_earning
WHERE artist_id = %s AND place IN ({places}) AND status IN ({states}) AND NOT EXISTS (
    SELECT 1 FROM money_payoutaccount account
    WHERE account.artist_id = money_earning.artist_id AND account.ended_at IS NULL AND account.state = 'active')
GROUP BY currency HAVING SUM(amount_minor) > 0 ORDER BY currency
"""
_FIRST_PAID = """
SELECT at FROM money_earning WHERE artist_id = %s AND currency = %s AND place = %s ORDER BY at, id LIMIT 1
"""
_BY_MONTH = """
SELECT CASE {numbers} END, kind, SUM(amount_minor) FROM money_earning
WHERE artist_id = %s AND currency = %s AND at >= %s AND place <> %s GROUP BY 1, 2
"""
# Countries with fewer buyers than are shown are folded into "", in which who bought from two of them is one buyer.
_BY_COUNTRY = """
WITH bought AS (
    SELECT sale.buyer_country AS country, sale.buyer_id AS buyer, SUM(earning.amount_minor) AS minor
    FROM money_earning earning JOIN shop_sale sale ON sale.id = earning.sale_id
    WHERE earning.artist_id = %s AND earning.currency = %s AND earning.place <> %s
    GROUP BY sale.buyer_country, sale.buyer_id
), named AS (SELECT country FROM bought WHERE country <> '' GROUP BY country HAVING COUNT(*) >= %s)
SELECT COALESCE(named.country, ''), COUNT(DISTINCT bought.buyer), SUM(bought.minor)
FROM bought LEFT JOIN named ON named.country = bought.country GROUP BY 1
"""


@dataclass(frozen=True)
class Overview:
    """The four cards in minor units, and what is said beside them. Each card is a sum of rows."""

    balance: int
    queued: int
    queued_count: int
    in_transit: int
    in_transit_count: int
    lifetime: int
    paid_count: int
    paid_since: date | None
    held: int
    carried: int
    returned: int
    returned_on: date | None


@dataclass(frozen=True)
class MonthEarnings:
    """What a month brought, by kind; `estimated_micro` is what is accrued of a month that is open, in micro-units."""

    month: date
    subscriptions: int
    exclusive: int
    purchases: int
    estimated_micro: int | None = None


@dataclass(frozen=True)
class BeatEarnings:
    """What direct sales of a beat brought."""

    beat_id: int
    name: str
    minor: int


@dataclass(frozen=True)
class CountryEarnings:
    """What direct sales to buyers of a country brought; no country: unknown, or fewer than five buyers."""

    country: str
    buyers: int
    minor: int


@dataclass(frozen=True)
class YearlySummary:
    """The rows that became available in a year, and their sums by kind."""

    year: int
    currency: str
    rows: list[TransactionRow]
    totals: dict[str, int]


@dataclass(frozen=True)
class NextSettlement:
    """The month that is settled next, the last day that must close for it, and on which day that happens by itself.

    `on` is None where staff settle by hand.
    """

    month: date
    closes: date
    on: date | None


def overview(artist_id: int, *, currency: str, sums: Sequence[RowSum] | None = None) -> Overview:
    """The cards, from `sums` when they are handed in. At most three queries."""
    minor: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for part in sums_of(artist_id) if sums is None else sums:
        if part.currency == currency:
            for name in part.names:
                minor[name] += part.minor
                counts[name] += part.count
    return Overview(
        balance=minor["balance"],
        queued=minor["queued"],
        queued_count=counts["queued"],
        in_transit=minor["transit"],
        in_transit_count=counts["transit"],
        lifetime=minor["lifetime"],
        paid_count=counts["lifetime"],
        paid_since=_paid_since(artist_id, currency) if counts["lifetime"] else None,
        held=minor[Place.HELD],
        carried=minor[Place.CARRIED],
        returned=minor[Place.RETURNED],
        returned_on=_returned_on(artist_id, currency) if minor[Place.RETURNED] else None,
    )


def _paid_since(artist_id: int, currency: str) -> date:
    return reporting().today(sql.instant(sql.rows(_FIRST_PAID, artist_id, currency, Place.BANK)[0][0]))


def _returned_on(artist_id: int, currency: str) -> date | None:
    failed = Payout.objects.filter(artist=artist_id, currency=currency, state=Payout.State.FAILED)
    at = failed.aggregate(at=Max("changed_at"))["at"]
    return reporting().today(at) if at else None


def earnings_by_month(
    artist_id: int, *, currency: str, months: int, now: datetime, estimate: Estimate | None = None
) -> list[MonthEarnings]:
    """The last months with the one of `now`, oldest first; the open one carries its estimate, read unless handed in."""
    this = month_of(reporting().today(now))
    begins = [this]
    while len(begins) < months:
        begins.append(month_of(begins[-1] - timedelta(days=1)))
    # Which month a row is of is compared in SQL: SQLite would call Python for each row to truncate its date.
    starts = [reporting().starts_at(month) for month in begins]
    numbers = " ".join(f"WHEN at >= %s THEN {number}" for number in range(months))
    sums: Counter[tuple[date, str]] = Counter()
    values = (*starts, artist_id, currency, starts[-1], Place.GONE)
    for number, kind, minor in sql.rows(_BY_MONTH.format(numbers=numbers), *values):
        sums[begins[number], kind] += int(minor)
    estimate = estimate or open_month_estimate(artist_id, currency)
    return [_month(month, sums, estimate) for month in reversed(begins)]


def _month(month: date, sums: Counter[tuple[date, str]], estimate: Estimate | None) -> MonthEarnings:
    plans, exclusive, track = (sums[month, kind] for kind in ("subscription", "exclusive", "track"))
    open_ = estimate.micro_units if estimate and estimate.month == month else None
    return MonthEarnings(month, plans, exclusive, track, open_)


def earnings_by_beat(artist_id: int, *, currency: str, limit: int = 10) -> list[BeatEarnings]:
    """The beats whose direct sales brought most."""
    found = _counted(artist_id, currency).exclude(beat_id=None).order_by().values_list("beat_id")
    top = found.annotate(sum=Sum("amount_minor")).filter(sum__gt=0).order_by("-sum", "beat_id")[:limit]
    rows = list(top)
    names = dict(Beat.objects.filter(pk__in=[pk for pk, _ in rows]).values_list("pk", "name"))
    return [BeatEarnings(pk, names.get(pk, ""), amount) for pk, amount in rows]


def earnings_by_country(artist_id: int, *, currency: str) -> list[CountryEarnings]:
    """Direct sales by the buyer's country, the most first, the rest and the unknown together last. One query."""
    found = sql.rows(_BY_COUNTRY, artist_id, currency, Place.GONE, FEWEST_BUYERS)
    rows = [CountryEarnings(country, buyers, int(minor)) for country, buyers, minor in found]
    return sorted(rows, key=lambda row: (not row.country, -row.minor, row.country))


def yearly_summary(artist_id: int, *, year: int, currency: str, now: datetime) -> YearlySummary:
    """What became available in a year, in the order of the days on which it did."""
    found = _counted(artist_id, currency).filter(available_on__year=year).order_by("available_on", "pk")
    rows = list(all_shown(list(found.values_list("pk", flat=True)), now=now))
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row.kind] += row.amount_minor
    return YearlySummary(year, currency, rows, dict(totals))


def years_of(artist_id: int) -> list[int]:
    """The years in which anything became available, the newest first."""
    found = Earning.objects.filter(artist=artist_id).exclude(available_on=None).order_by()
    years = found.annotate(year=ExtractYear("available_on")).values_list("year", flat=True).distinct()
    return sorted(years, reverse=True)


def waiting_minor(artist_id: int) -> dict[str, int]:
    """What waits for payouts to be set up, by currency."""
    places, states = _WITH_US, (Status.HELD, Status.QUEUED)
    statement = _WAITING.format(places=sql.marks(places), states=sql.marks(states))
    return {currency: int(minor) for currency, minor in sql.rows(statement, artist_id, *places, *states)}


def next_settlement(now: datetime) -> NextSettlement:
    """The settlement that comes next."""
    today = reporting().today(now)
    last = last_settled_month()
    month = next_month_to_settle() or (next_month(last) if last else month_of(today))
    closes = next_month(month) - timedelta(days=1)
    on = settles_on(month)
    if on is None:
        return NextSettlement(month, closes, None)
    closed = closes + CLOSES_AFTER + timedelta(days=1)
    return NextSettlement(month, closes, max(on, closed, today))


def _counted(artist_id: int, currency: str) -> QuerySet[Earning]:
    mine = Earning.objects.filter(artist=artist_id, currency=currency)
    return mine.exclude(place=Place.GONE)
