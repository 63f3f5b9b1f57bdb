"""What happened on the days of a chart: releases, and round numbers of plays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from backline.catalog import queries as catalog
from backline.domain.notable import passed
from backline.domain.periods import Period
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.formats import number
from backline.web.insights.subject import Subject

NAMED = 2
Event = tuple[date, str]


def marks_of(subject: Subject, period: Period, starts: Sequence[date], *, today: date) -> dict[int, str]:
    """Point of the chart → what happened there."""
    return placed([*_released(subject, period), *_passed(subject, period, today)], starts)


def placed(events: Iterable[Event], starts: Sequence[date]) -> dict[int, str]:
    """Point of a chart → its events; each stands at the last point that begins by its day, the first of its hours."""
    marks: dict[int, str] = {}
    for on, text in sorted(events):
        begins = starts[max(0, bisect_right(starts, on) - 1)]
        index = bisect_left(starts, begins)
        marks[index] = f"{marks[index]}. {text}" if index in marks else text
    return marks


def releases(artist_id: int, period: Period) -> list[Event]:
    """The days of a period on which an artist's beats came out, with their names."""
    found: dict[date, list[str]] = {}
    for on, name in catalog.releases(
        artist_id, zone=reporting().zone, first=period.first_on, last=period.last_on
    ):
        found.setdefault(on, []).append(name)
    return [(on, f"Released: {_names(names)}") for on, names in found.items()]


def milestones(plays: Mapping[date, int], *, before: int) -> list[Event]:
    """The days on which a running total passed a milestone, in order."""
    found, total = [], before
    for on in sorted(plays):
        found += [(on, f"Passed {number(mark)} plays") for mark in passed(total, total + plays[on])]
        total += plays[on]
    return found


def _released(subject: Subject, period: Period) -> list[Event]:
    if subject.kind == "artist":
        return releases(subject.member.artist_id, period)
    released = subject.row.release_on if subject.row else None
    if subject.beat is not None and subject.beat.first_published_at:
        released = subject.beat.first_published_at.astimezone(reporting().zone).date()
    return [(released, "Released")] if released is not None and released in period else []


def _passed(subject: Subject, period: Period, today: date) -> list[Event]:
    found = listening.day_counts(subject.scope, first=period.first_on, last=today)
    plays = {day: count for day, (count, _) in found.items()}
    before = subject.totals.plays - sum(plays.values())
    return [(on, text) for on, text in milestones(plays, before=before) if on in period]


def _names(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
