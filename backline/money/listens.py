"""What money is divided by, read of listening: closed days alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.domain.verdicts import Verdict
from backline.listening import queries as listening
from backline.listening.calendar import EPOCH, reporting, to_number
from backline.listening.queries import AccountDayPlays, BeatDayPlays
from backline.listening.store import Owner, open_store
from backline.listening.store.rows import ACCOUNT_KEY

PORTION = 5_000


@dataclass(frozen=True)
class LaterChange:
    """A play that was taken away (-1) or given back (+1) after its day had closed, on the day of the decision."""

    no: int
    decided_on: date
    day: date
    beat_id: int
    plays: int


def last_closed_day() -> date | None:
    """The last day that closed; all before it are closed as well."""
    return listening.last_closed_day()


def first_closed_day(last: date) -> date | None:
    """The first day that listening knows, which is closed."""
    return next((row.day for row in listening.closed_days(EPOCH, last)), None)


def day_plays(day: date) -> list[BeatDayPlays]:
    """Plays and listening accounts (Roaring) of each beat, as of the close of the day."""
    return listening.beat_day_plays(day)


def account_plays(first: date, last: date) -> Iterator[AccountDayPlays]:
    """Counted plays of signed-in listeners by day, listener and beat, as of each day's close."""
    return listening.account_plays(first, last)


def account_ids(numbers: Sequence[int]) -> dict[int, int]:
    """The accounts of ours behind listeners' numbers; others are absent."""
    return {
        number: int(key.removeprefix(ACCOUNT_KEY))
        for number, key in listening.account_keys(numbers).items()
        if key.startswith(ACCOUNT_KEY)
    }


def later_changes(after_no: int, *, until: date) -> tuple[list[LaterChange], int]:
    """Plays taken away or given back after their day had closed, decided on `until` or before; and the last number.

    A change that was made before its day closed is in the day's plays already.
    """
    found: list[LaterChange] = []
    while rows := listening.verdict_changes(after_no, PORTION):
        closed_at = {
            row.day: row.change_no
            for row in listening.closed_days(min(row.day for row in rows), max(row.day for row in rows))
        }
        for row in rows:
            decided_on = reporting().today(row.at)
            if decided_on > until:
                return found, after_no
            after_no = row.no
            step = (row.verdict == Verdict.COUNTED) - (row.was == Verdict.COUNTED)
            if step and row.day in closed_at and row.no > closed_at[row.day]:
                found.append(LaterChange(row.no, decided_on, row.day, row.beat_id, step))
    return found, after_no


def plays_to(days: Mapping[int, date]) -> dict[int, int]:
    """Plays of each beat to the end of its closed day, as weights saw them; absent where days are kept by month only.

    What was decided later is put back: the day rows show verdicts as they stand.
    """
    store, plays = open_store(), dict[int, int]()
    horizon = store.horizons().beat_days
    for day in {on for on in days.values() if to_number(on) >= horizon}:
        beats = [beat_id for beat_id, on in days.items() if on == day]
        sums = store.beat_sums(beats, 0, to_number(day))
        plays |= {beat_id: sums.get(beat_id, (0, 0))[0] for beat_id in beats}
    for change in later_changes(0, until=date.max)[0] if plays else ():
        if change.beat_id in plays and change.day <= days[change.beat_id] < change.decided_on:
            plays[change.beat_id] -= change.plays
    return plays


def listeners_now(beat_ids: Sequence[int]) -> dict[int, bytes]:
    """The accounts (Roaring) that have a counted play of each beat, as things stand; beats without any are absent."""
    return {
        beat_id: row.accounts
        for beat_id, row in open_store().totals(Owner.BEAT, beat_ids).items()
        if row.accounts
    }


def closes_at(day: date) -> datetime:
    """The instant at which the day is over."""
    return reporting().starts_at(day + timedelta(days=1))
