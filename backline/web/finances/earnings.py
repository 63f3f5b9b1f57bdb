"""What was earned: by month, by beat and by the buyers' countries, drawn and as tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog import queries as catalog
from backline.domain.accrual import MICRO
from backline.domain.currencies import minor_digits
from backline.money import queries as money
from backline.web.amounts import amount
from backline.web.charts.months import MONTHS_NARROW, MONTHS_WIDE, Month, MonthChart, month_chart
from backline.web.charts.shares import share_bp
from backline.web.formats import counted, country_name, short_month

MONTHS, BEATS = 12, 5


@dataclass(frozen=True)
class Part:
    """A line of a bar list: what, how much, its share of the whole, and a word beside the name."""

    name: str
    note: str
    minor: int
    bp: int
    beat: catalog.BeatLabel | None = None


@dataclass(frozen=True)
class Earnings:
    """The charts of one currency; sums in minor units. `buyers` are of all countries."""

    currency: str
    months: list[money.MonthEarnings]
    wide: MonthChart
    narrow: MonthChart
    says: str
    beats: list[Part]
    beats_minor: int
    countries: list[Part]
    countries_minor: int
    buyers: int

    @property
    def any_month(self) -> bool:
        """Whether there is anything to draw."""
        return any(
            each.subscriptions or each.exclusive or each.purchases or each.estimated_micro
            for each in self.months
        )


def earnings(artist_id: int, *, currency: str, now: datetime, estimate: money.Estimate | None) -> Earnings:
    """The last twelve months, the beats that earned most, and where the buyers are."""
    months = money.earnings_by_month(artist_id, currency=currency, months=MONTHS, now=now, estimate=estimate)
    beats = money.earnings_of_beats(artist_id, currency=currency, since=months[0].month, limit=BEATS)
    countries = money.earnings_by_country(artist_id, currency=currency)
    drawn = [_drawn(each) for each in months]
    unit = int(10 ** minor_digits(currency))
    countries_minor = sum(each.minor for each in countries)
    return Earnings(
        currency=currency,
        months=months,
        wide=month_chart(MONTHS_WIDE, drawn, unit=unit),
        narrow=month_chart(MONTHS_NARROW, drawn, unit=unit),
        says=_says(months, currency),
        beats=_beats(beats),
        beats_minor=beats.total_minor,
        countries=[
            Part(
                name=country_name(each.country) if each.country else "Other",
                note=counted(each.buyers, "buyer")
                + ("" if each.country else ", fewer than 5 a country or unknown"),
                minor=each.minor,
                bp=share_bp(max(each.minor, 0), max(countries_minor, 0)),
            )
            for each in countries
        ],
        countries_minor=countries_minor,
        buyers=sum(each.buyers for each in countries),
    )


def _drawn(each: money.MonthEarnings) -> Month:
    """Subscriptions, purchases, exclusive sales from the bottom up; an open month's subscriptions are an estimate."""
    estimated = each.estimated_micro is not None
    pool = (each.estimated_micro or 0) // MICRO if estimated else each.subscriptions
    return Month((pool, each.purchases, each.exclusive), estimated=0 if estimated else None)


def _beats(found: money.BeatSums) -> list[Part]:
    """The beats that brought most, then all others as one line."""
    labels, total = catalog.beat_labels([beat for beat, _ in found.top]), max(found.total_minor, 0)
    rows = []
    for beat, minor in found.top:
        label = labels.get(beat)
        name = label.name if label else f"Beat {beat}, deleted"
        rows.append(Part(name, "", minor, share_bp(max(minor, 0), total), label))
    if found.others:
        bp = share_bp(max(found.others_minor, 0), total)
        rows.append(Part(counted(found.others, "other beat"), "", found.others_minor, bp))
    return rows


def _says(months: list[money.MonthEarnings], currency: str) -> str:
    if not months:
        return "No month yet"
    first, last = short_month(months[0].month), short_month(months[-1].month)
    total = sum(each.subscriptions + each.exclusive + each.purchases for each in months)
    return f"Earnings per month, {first} to {last}: {amount(total, currency)} {currency} in all"
