"""In which steps a period is drawn: by hour, day, week or month, as its length allows."""

from __future__ import annotations

from datetime import date, timedelta

from backline.domain.periods import LONGEST_DAYS, Period

STEPS = ("hour", "day", "week", "month")
LEAST_DAYS = {"hour": 1, "day": 1, "week": 8, "month": 32}
MOST_DAYS = {"hour": 14, "day": 1_100, "week": 5_300, "month": LONGEST_DAYS}


def steps_for(days: int) -> list[str]:
    """In which steps so many days can be drawn, the finest first.

    >>> steps_for(1), steps_for(14), steps_for(90), steps_for(2_000)
    (['hour', 'day'], ['hour', 'day', 'week'], ['day', 'week', 'month'], ['week', 'month'])
    """
    return [step for step in STEPS if LEAST_DAYS[step] <= days <= MOST_DAYS[step]]


def step_of(asked: str, *, days: int) -> tuple[str, str]:
    """The step to draw in, and why it is not the one asked for (empty when it is, or none was).

    >>> step_of("", days=365), step_of("hour", days=2)
    (('week', ''), ('hour', ''))
    """
    usual = "hour" if days <= 2 else "day" if days <= 60 else "week" if days <= 732 else "month"
    possible = steps_for(days)
    if not asked or asked in possible:
        return asked or usual, ""
    if asked not in STEPS:
        return usual, "A chart goes by hour, day, week or month."
    return usual, f"{days:,} days cannot be drawn by {asked}; you see them by {usual}."


def spans(period: Period, step: str) -> list[tuple[date, date]]:
    """First and last day of each step of a period, in order; the ends of the period cut weeks and months short.

    >>> [(first.day, last.day) for first, last in spans(Period("", date(2026, 3, 13), date(2026, 3, 18)), "week")]
    [(13, 15), (16, 18)]
    """
    found = []
    first = period.first_on
    while first <= period.last_on:
        last = min(end_of(first, step), period.last_on)
        found.append((first, last))
        first = last + timedelta(days=1)
    return found


def end_of(day: date, step: str) -> date:
    """The last day of the step that a day is in."""
    if step == "week":
        return day + timedelta(days=6 - day.weekday())
    if step == "month":
        return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day
