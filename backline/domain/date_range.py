"""The date bar: which days are looked at, what they are compared with, and in which steps they are drawn.

"Last 7, 30 or 90 days" and "all time" are complete days before today; months and years are to date, today included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backline.domain import periods
from backline.domain.periods import Period, PeriodError
from backline.domain.steps import end_of, step_of

PRESETS = ("7d", "30d", "90d", "month", "last-month", "year", "all")
COMPARISONS = {"before": "Period before", "year": "Same period last year", "none": "Nothing"}
_NAMES = {"month": "This month", "last-month": "Last month", "year": "This year"}


@dataclass(frozen=True)
class DateRange:
    """What was asked for and makes sense. `before` is None when nothing is compared with.

    `corrections` are sentences for what was asked for and could not be. `by_month`: it reaches back to where no days
    are kept.
    """

    period: Period
    compare: str
    before: Period | None
    step: str
    corrections: tuple[str, ...] = ()
    by_month: bool = False

    @property
    def label(self) -> str:
        """How screens name the period."""
        return _NAMES.get(self.period.key, self.period.label)


def default_key(today: date) -> str:
    """*This year*, but the last 30 days until 1 February.

    >>> default_key(date(2026, 1, 31)), default_key(date(2026, 2, 1))
    ('30d', 'year')
    """
    return "30d" if today.month == 1 else "year"


@dataclass(frozen=True)
class Bounds:
    """What a range is read by: today, the first day with anything to count, and the first that is kept as a day.

    What is earlier than `kept_from` is kept by month.
    """

    today: date
    first_on: date
    kept_from: date = date.min


def parse(key: str, *, compare: str = "", step: str = "", bounds: Bounds) -> DateRange:
    """The range of what an address asks for; what makes no sense is corrected, and the correction said."""
    corrections = []
    usual = default_key(bounds.today)
    try:
        period = period_of(key or usual, today=bounds.today, first_on=bounds.first_on)
    except PeriodError as error:
        period = period_of(usual, today=bounds.today, first_on=bounds.first_on)
        corrections.append(f"{error} You see {_NAMES.get(period.key, period.label).lower()}.")
    if compare and compare not in COMPARISONS:
        corrections.append("A period is compared with the one before, the same one last year, or nothing.")
    chosen = compare if compare in COMPARISONS else "before"
    drawn, why = step_of(step, days=period.days)
    by_month = period.first_on < bounds.kept_from
    if by_month:
        period, drawn = whole_months(period, bounds.kept_from), "month"
        why = f"Figures from before {bounds.kept_from} are kept by month: you see whole months."
    corrections += [why] if why else []
    before = compared(period, chosen)  # with the months that are looked at, or it would be some of them
    before = whole_months(before, bounds.kept_from) if before else None
    return DateRange(period, chosen, before, drawn, tuple(corrections), by_month)


def whole_months(period: Period, kept_from: date) -> Period:
    """The period, widened to whole months where single days are no longer kept; its key stays.

    >>> whole_months(Period("", date(2025, 1, 20), date(2025, 2, 3)), date(2025, 2, 1)).first_on
    datetime.date(2025, 1, 1)
    """
    if period.first_on >= kept_from:
        return period
    ends = end_of(period.last_on, "month") if period.last_on < kept_from else period.last_on
    return Period(period.key, period.first_on.replace(day=1), ends)


def period_of(key: str, *, today: date, first_on: date) -> Period:
    """The period of a key: a preset, or `YYYY-MM-DD..YYYY-MM-DD`.

    >>> period_of("last-month", today=date(2024, 3, 31), first_on=date(2024, 1, 1)).last_on
    datetime.date(2024, 2, 29)

    Raises:
        PeriodError: junk, reversed, in the future, or longer than a hundred years.
    """
    if key == "month":
        return Period(key, today.replace(day=1), today)
    if key == "year":
        return Period(key, today.replace(month=1, day=1), today)
    if key == "last-month":
        last = today.replace(day=1) - timedelta(days=1)
        return Period(key, last.replace(day=1), last)
    try:
        return periods.parse(key, today=today, first_on=first_on)
    except OverflowError:
        raise PeriodError("A period is at most 100 years long and begins in 1900 or later.") from None


def compared(period: Period, compare: str) -> Period | None:
    """The period that another is compared with. Nothing comes before *all time*.

    >>> leap = Period("2024-02-29..2024-03-01", date(2024, 2, 29), date(2024, 3, 1))
    >>> compared(leap, "year").first_on
    datetime.date(2023, 2, 28)
    """
    if compare == "none" or period.key == "all" or period.first_on.year <= periods.EARLIEST.year:
        return None
    if compare == "before":
        return periods.previous(period)
    first_on, last_on = year_earlier(period.first_on), year_earlier(period.last_on)
    return Period(f"{first_on.isoformat()}..{last_on.isoformat()}", first_on, last_on)


def year_earlier(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
