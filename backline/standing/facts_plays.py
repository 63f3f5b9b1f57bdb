"""What standing reads from listening: the plays of beats and artists, and who played on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import accumulate

from backline.catalog.models import Credit
from backline.core.portions import portions
from backline.domain.xp import day_points
from backline.listening import queries as listening
from backline.listening.calendar import reporting

FIRST_DAY = date(1970, 1, 1)
Points = dict[int, dict[date, int]]
"""XP by artist and day."""


def last_closed_day() -> date | None:
    """The last reporting day whose plays can only change by a case."""
    return listening.last_closed_day()


def first_day() -> date:
    """The first reporting day that can have plays."""
    last = last_closed_day()
    closed = listening.closed_days(FIRST_DAY, last) if last else []
    return closed[0].day if closed else FIRST_DAY


def day_points_of(first: date, last: date, *, artist_ids: Sequence[int] | None = None) -> Points:
    """The XP that plays of the days `first` to `last` bring the artists credited on them; these artists or all."""
    credits = _credits(artist_ids) if artist_ids is not None else None
    beat_ids = sorted(credits) if credits is not None else None
    points: Points = defaultdict(lambda: defaultdict(int))
    if beat_ids == []:
        return points
    rows = [
        (row.beat_id, row.day, day_points(row.accounts, row.visits))
        for row in listening.beat_day_listeners(first, last, beat_ids)
    ]
    credits = credits if credits is not None else _credits_on({row[0] for row in rows})
    for beat_id, day, amount in rows:
        for artist_id, from_on in credits.get(beat_id, ()):
            if day >= from_on:
                points[artist_id][day] += amount
    return points


def beat_totals() -> Iterator[tuple[int, int, int, int]]:
    """Every beat with its plays, completed plays and downloads of all time."""
    for row in listening.beat_all_time():
        yield row.id, row.plays, row.completions, row.downloads


def artist_plays() -> dict[int, int]:
    """The plays of all time of every artist that has any."""
    return {row.id: row.plays for row in listening.artist_all_time()}


def changed_days(after: int) -> tuple[int, set[date]]:
    """The days on which verdicts changed since change number `after`, and the number of the last change."""
    days: set[date] = set()
    while changes := listening.verdict_changes(after):
        days |= {change.day for change in changes}
        after = changes[-1].no
    return after, days


def _credits(artist_ids: Sequence[int]) -> dict[int, list[tuple[int, date]]]:
    """Beat → artists with the day they count from. Deleted beats are among them: their plays took place."""
    return _by_beat(Credit.objects.filter(artist_id__in=artist_ids, state=Credit.State.ACCEPTED))


def _credits_on(beat_ids: set[int]) -> dict[int, list[tuple[int, date]]]:
    found: dict[int, list[tuple[int, date]]] = {}
    for some in portions(sorted(beat_ids)):
        found |= _by_beat(Credit.objects.filter(beat_id__in=some, state=Credit.State.ACCEPTED))
    return found


def _by_beat(credits: Iterable[Credit]) -> dict[int, list[tuple[int, date]]]:
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    zone = reporting().zone
    rows = credits.values_list("beat_id", "artist_id", "answered_at", "invited_at")  # type: ignore[attr-defined]
    for beat_id, artist_id, answered, invited in rows:
        found[beat_id].append((artist_id, (answered or invited).astimezone(zone).date()))
    return found


class Milestones:
    """The days on which artists' plays reached numbers; each artist's days are read once."""

    def __init__(self) -> None:
        self._days: dict[int, list[tuple[date, int]]] = {}

    def reached_at(self, artist_id: int, plays: int) -> datetime | None:
        """The beginning of the reporting day on which the artist's plays reached a number; None when no day tells."""
        if artist_id not in self._days:
            self._days[artist_id] = _running_plays(artist_id)
        day = next((day for day, total in self._days[artist_id] if total >= plays), None)
        return reporting().starts_at(day) if day else None


def _running_plays(artist_id: int) -> list[tuple[date, int]]:
    """Each day with the plays up to its end."""
    totals = listening.artist_totals(artist_id)
    if totals.first_on is None or totals.last_on is None:
        return []
    days = listening.artist_series(artist_id, first=totals.first_on, last=totals.last_on)
    return list(zip((day.on for day in days), accumulate(day.plays for day in days), strict=True))
