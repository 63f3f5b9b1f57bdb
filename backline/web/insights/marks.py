"""What happened on the days of a chart: releases, and round numbers of plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from backline.catalog import queries as catalog
from backline.domain.notable import passed
from backline.domain.periods import Period
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.formats import number
from backline.web.insights.subject import Subject

NAMED = 2


def marks_of(subject: Subject, period: Period, starts: Sequence[date], *, today: date) -> dict[int, str]:
    """Point of the chart → what happened there; each event stands at the last point that begins by its day."""
    marks: dict[int, str] = {}
    for on, text in sorted(_released(subject, period) + _passed(subject, period, today)):
        index = max((index for index, start in enumerate(starts) if start <= on), default=0)
        index = starts.index(starts[index])
        marks[index] = f"{marks[index]}. {text}" if index in marks else text
    return marks


def _released(subject: Subject, period: Period) -> list[tuple[date, str]]:
    zone = reporting().zone
    if subject.kind == "artist":
        found: dict[date, list[str]] = {}
        for on, name in catalog.releases(
            subject.member.artist_id, zone=zone, first=period.first_on, last=period.last_on
        ):
            found.setdefault(on, []).append(name)
        return [(on, f"Released: {_names(names)}") for on, names in found.items()]
    released = subject.row.release_on if subject.row else None
    if subject.beat is not None and subject.beat.first_published_at:
        released = subject.beat.first_published_at.astimezone(zone).date()
    return [(released, "Released")] if released is not None and released in period else []


def _passed(subject: Subject, period: Period, today: date) -> list[tuple[date, str]]:
    found = listening.day_counts(subject.scope, first=period.first_on, last=today)
    plays = {day: count for day, (count, _) in found.items()}
    return [
        (on, f"Passed {number(mark)} plays")
        for on, mark in crossings(plays, before=subject.totals.plays - sum(plays.values()))
        if on in period
    ]


def crossings(plays: Mapping[date, int], *, before: int) -> list[tuple[date, int]]:
    """The days on which a running total passed a milestone, in order."""
    found, total = [], before
    for on in sorted(plays):
        found += [(on, mark) for mark in passed(total, total + plays[on])]
        total += plays[on]
    return found


def _names(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
