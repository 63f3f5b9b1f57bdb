"""Plays of a period by device, platform, country and source, by weekday and hour, and as a funnel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backline.listening.calendar import to_number, weekday_of
from backline.listening.queries.scopes import Scope, kept_by_day_from, sum_rows
from backline.listening.store import open_store
from backline.listening.store.packed import sum_counts
from backline.listening.store.rows import TermKind

HOST = "external:"
EXTERNAL = "external"


@dataclass(frozen=True)
class Breakdown:
    """Plays by word in each dimension; the empty word is unknown. Every dimension adds up to `plays`.

    `sources` has *external* as one; `hosts` are where those came from.
    """

    plays: int
    devices: dict[str, int]
    platforms: dict[str, int]
    browsers: dict[str, int]
    countries: dict[str, int]
    sources: dict[str, int]
    hosts: dict[str, int]


@dataclass(frozen=True)
class WeekHours:
    """Plays by weekday (Monday first) and hour of the reporting zone, since `first`, before which no hours are kept."""

    first: date
    plays: tuple[tuple[int, ...], ...]

    @property
    def most(self) -> tuple[int, int, int]:
        """Weekday, hour and plays of the busiest hour, the earliest of equal ones."""
        cells = [
            (-plays, weekday, hour)
            for weekday, row in enumerate(self.plays)
            for hour, plays in enumerate(row)
        ]
        plays, weekday, hour = min(cells)
        return weekday, hour, -plays


@dataclass(frozen=True)
class Funnel:
    """From being shown to being licensed. `completed` are plays heard to the end; a sale counts by its licence."""

    impressions: int
    plays: int
    completed: int
    liked: int
    downloaded: int
    licensed: int


def breakdown(scope: Scope, *, first: date, last: date) -> Breakdown:
    """The plays of the days `first` to `last` in every dimension."""
    rows = sum_rows(scope, first, last)
    plays = sum(row.plays for row in rows)
    counts = sum_counts(row.terms for row in rows)
    named = {kind: _whole(words, plays) for kind, words in open_store().named_terms(counts).items()}
    sources, hosts = _apart(named[TermKind.SOURCE])
    return Breakdown(
        plays=plays,
        devices=named[TermKind.DEVICE],
        platforms=named[TermKind.PLATFORM],
        browsers=named[TermKind.BROWSER],
        countries=named[TermKind.COUNTRY],
        sources=sources,
        hosts=hosts,
    )


def hours_of_week(scope: Scope, *, first: date, last: date) -> WeekHours:
    """When the plays of the days `first` to `last` began."""
    begins = max(first, kept_by_day_from(scope))
    held: list[list[bytes]] = [[] for _ in range(7)]
    for owner_id in scope.ids:
        for day, packed in open_store().packed_hours(
            scope.owner, owner_id, to_number(begins), to_number(last)
        ):
            held[weekday_of(day)].append(packed)
    sums = [sum_counts(blobs) for blobs in held]
    return WeekHours(begins, tuple(tuple(one.get(hour, 0) for hour in range(24)) for one in sums))


def funnel(scope: Scope, *, beat_ids: Sequence[int], first: date, last: date) -> Funnel:
    """The funnel of the days `first` to `last`; impressions are those of `beat_ids`."""
    rows = sum_rows(scope, first, last)
    return Funnel(
        impressions=open_store().impressions(beat_ids, to_number(first), to_number(last)),
        plays=sum(row.plays for row in rows),
        completed=sum(row.completions for row in rows),
        liked=sum(row.likes for row in rows),
        downloaded=sum(row.downloads for row in rows),
        licensed=sum(row.licences for row in rows),
    )


def _whole(words: dict[str, int], plays: int) -> dict[str, int]:
    """The words' counts with what is unknown, so that they add up."""
    unknown = plays - sum(count for word, count in words.items() if word)
    return {word: count for word, count in words.items() if word} | ({"": unknown} if unknown else {})


def _apart(words: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Sources with all hosts as one, and the hosts."""
    hosts = {word.removeprefix(HOST): count for word, count in words.items() if word.startswith(HOST)}
    sources = {word: count for word, count in words.items() if not word.startswith(HOST)}
    if hosts:
        sources[EXTERNAL] = sources.get(EXTERNAL, 0) + sum(hosts.values())
    return sources, hosts
