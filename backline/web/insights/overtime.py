"""Plays over time: one metric drawn, all of them summed, against the period before."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.domain.periods import Period
from backline.domain.steps import spans
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.charts.canvas import NARROW, WIDE, is_long
from backline.web.charts.lines import Chart, line_chart
from backline.web.formats import counted, day, full_day, month, number, weekday_day
from backline.web.insights.choices import HOURLY, METRICS, Choices
from backline.web.insights.marks import marks_of
from backline.web.insights.sheets import Sheet
from backline.web.insights.subject import Subject

ONE = {
    "plays": "play",
    "accounts": "account",
    "visits": "signed-out visit",
    "downloads": "download",
    "likes": "like",
}
HOURS = 24


@dataclass(frozen=True)
class Point:
    """A step of the chart: its first day, its name, and figures by metric; None is not kept, absent was not read."""

    on: date
    name: str
    figures: dict[str, int | None]


@dataclass(frozen=True)
class Line:
    """The points of a period, and the chosen metric of each of its days that has any."""

    points: list[Point]
    days: dict[date, int]


@dataclass(frozen=True)
class OverTime:
    """`totals` and `before` have each metric's figure of the period; accounts are distinct over all of it.

    `peak` and `average` are of the chosen metric by day, without today; None where days are not kept.
    """

    metric: str
    step: str
    points: list[Point]
    totals: dict[str, int]
    before: dict[str, int] | None
    today: dict[str, int]
    peak: tuple[date, int] | None
    average: float | None
    wide: Chart
    narrow: Chart
    says: str
    tips: list[str]
    long: bool
    as_of: datetime

    @property
    def days(self) -> list[date]:
        """What the labels under the axis are made of."""
        return [point.on for point in self.points]

    @property
    def daily(self) -> str:
        """The average in words: what is below one keeps two digits."""
        return number(self.average, 2 if self.average and self.average < 1 else 1 if self.average else 0)

    def sheet(self) -> Sheet:
        """Every step with every metric that was read."""
        rows = [[point.name, *(point.figures.get(metric) for metric in METRICS)] for point in self.points]
        return Sheet("Plays over time", (self.step.capitalize(), *METRICS.values()), rows)


def over_time(subject: Subject, choices: Choices, *, now: datetime, full: bool = False) -> OverTime:
    """Reads and draws a period; `full` reads every metric of every step, which the chart does not need."""
    metric, today = choices.metric, choices.today
    line = _line(subject, choices.period, choices, full=full)
    totals = _totals(subject, choices.period, now)
    before = _totals(subject, choices.before, now) if choices.before else None
    values = _values(line.points, metric)
    dashed = _values(_earlier(subject, choices), metric)[: len(values)]
    starts = [point.on for point in line.points]
    marks = marks_of(subject, choices.period, starts, today=today)
    every = HOURS if choices.step == "hour" else 1
    peak, average = _extremes(line.days, choices)
    return OverTime(
        metric=metric,
        step=choices.step,
        points=line.points,
        totals=totals,
        before=before,
        today=_totals(subject, Period("", today, today), now),
        peak=peak,
        average=average,
        wide=line_chart(WIDE, values, before=dashed, marks=marks, every=every),
        narrow=line_chart(NARROW, values, before=dashed, marks=marks, every=every),
        says=_says(choices, totals[metric], before[metric] if before else None),
        tips=[
            _tip(point, metric, dashed[index] if index < len(dashed) else None, marks.get(index, ""))
            for index, point in enumerate(line.points)
        ],
        long=is_long(starts),
        as_of=listening.freshness(now),
    )


def _totals(subject: Subject, period: Period, now: datetime) -> dict[str, int]:
    found = listening.scope_figures(subject.scope, first=period.first_on, last=period.last_on, now=now)
    return {
        "plays": found.plays,
        "accounts": found.accounts,
        "visits": found.signed_out_visits,
        "downloads": found.downloads,
        "likes": found.likes,
    }


def _earlier(subject: Subject, choices: Choices) -> list[Point]:
    """The points of the period that is compared with, when it is as long."""
    before = choices.before
    if before is None or (before.days != choices.period.days and choices.range.compare != "year"):
        return []
    return _line(subject, before, choices, full=False).points


def _line(subject: Subject, period: Period, choices: Choices, *, full: bool) -> Line:
    """What a period's chart is drawn from, by the cheapest read that has it."""
    step, metric, scope = choices.step, choices.metric, subject.scope
    if step == "hour":
        return Line(_hours(subject, period), _counts(subject, period, metric))
    parts = spans(period, step)
    if metric in HOURLY and not full:
        days = _counts(subject, period, metric)
        sums = [0] * len(parts)
        starts = [first for first, _ in parts]
        for day, count in days.items():
            sums[max(0, bisect_right(starts, day) - 1)] += count
        names = [_name(first, step) for first in starts]
        return Line(
            [Point(on, name, {metric: n}) for on, name, n in zip(starts, names, sums, strict=True)], days
        )
    found = listening.timeline(scope, spans=parts)
    points = [Point(one.first, _name(one.first, step), _figures(one)) for one in found]
    daily = found if step == "day" else listening.days_of(scope, first=period.first_on, last=period.last_on)
    return Line(points, {one.first: _figures(one)[metric] or 0 for one in daily})


def _counts(subject: Subject, period: Period, metric: str) -> dict[date, int]:
    """Plays or downloads of each day that has any."""
    found = listening.day_counts(subject.scope, first=period.first_on, last=period.last_on)
    return {day: pair[HOURLY.index(metric)] for day, pair in found.items()}


def _hours(subject: Subject, period: Period) -> list[Point]:
    zone = reporting().zone
    line = listening.hour_line(subject.scope, first=period.first_on, last=period.last_on)
    local = [(one, one.at.astimezone(zone)) for one in line]
    return [
        Point(
            at.date(),
            f"{weekday_day(at.date())}, {at:%H:%M}",
            {"plays": one.plays, "accounts": None, "visits": None, "downloads": one.downloads, "likes": None},
        )
        for one, at in local
    ]


def _figures(span: listening.Span) -> dict[str, int | None]:
    return {
        "plays": span.plays,
        "accounts": span.accounts,
        "visits": span.visits,
        "downloads": span.downloads,
        "likes": span.likes,
    }


def _name(on: date, step: str) -> str:
    if step == "day":
        return f"{weekday_day(on)} {on.year}"
    return month(on) if step == "month" else f"Week from {full_day(on)}"


def _values(points: list[Point], metric: str) -> list[int | None]:
    return [point.figures[metric] for point in points]


def _extremes(days: dict[date, int], choices: Choices) -> tuple[tuple[date, int] | None, float | None]:
    """The best day, the earliest of equal ones, and the mean of all complete days."""
    period, last = choices.period, min(choices.period.last_on, choices.today - timedelta(days=1))
    if choices.range.by_month or last < period.first_on:
        return None, None
    complete = {day: count for day, count in days.items() if day <= last}
    best = max(complete.items(), key=lambda one: (one[1], -one[0].toordinal()), default=None)
    mean = sum(complete.values()) / ((last - period.first_on).days + 1)
    return best if best and best[1] > 0 else None, mean


def _says(choices: Choices, total: int, before: int | None) -> str:
    period, metric = choices.period, METRICS[choices.metric]
    against = f"; {number(before)} in the period it is compared with" if before is not None else ""
    return f"{metric} per {choices.step}, {day(period.first_on)} to {day(period.last_on)}: {number(total)}{against}"


def _tip(point: Point, metric: str, before: int | None, mark: str) -> str:
    note = f"{point.name}. {number(before)} then" if before is not None else point.name
    text = f"{counted(point.figures[metric] or 0, ONE[metric])}|{note}" + (f". {mark}" if mark else "")
    return " ".join(text.split())
