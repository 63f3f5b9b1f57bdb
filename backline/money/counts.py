"""Plays and distinct accounts of every beat to the end of a day, brought forward by what each closed day adds.

Accounts are kept one by one only until a beat has as many as the rule asks for: from then on it is enough to know that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pyroaring import BitMap

from backline.listening.queries import BeatDayPlays
from backline.money.packed import NONE, Ints, pack, unpack


@dataclass(frozen=True)
class Counts:
    """Columns sorted by beat. `accounts` stops at `enough`; below it, `listeners` are in the rows of `heard`."""

    enough: int
    beats: Ints
    plays: Ints
    accounts: Ints
    heard: Ints
    listeners: Ints

    def of(self, beats: Ints) -> tuple[Ints, Ints]:
        """Plays and accounts of these beats, 0 for those never played."""
        if not len(self.beats):
            return np.zeros(len(beats), np.int64), np.zeros(len(beats), np.int64)
        rows = np.minimum(np.searchsorted(self.beats, beats), len(self.beats) - 1)
        known = self.beats[rows] == beats
        return np.where(known, self.plays[rows], 0), np.where(known, self.accounts[rows], 0)

    def listeners_of(self, beat_id: int) -> BitMap:
        """The accounts that are kept of a beat."""
        start, end = np.searchsorted(self.heard, [beat_id, beat_id + 1])
        return BitMap(self.listeners[start:end].tolist())


def nothing(enough: int) -> Counts:
    """Before the first day."""
    return Counts(enough, NONE, NONE, NONE, NONE, NONE)


def with_day(counts: Counts, day: Sequence[BeatDayPlays]) -> Counts:
    """The counts after one more day."""
    beats = np.array([row.beat_id for row in day], np.int64)
    plays = np.array([row.plays for row in day], np.int64)
    _, accounts = counts.of(beats)
    kept = {
        day[row].beat_id: counts.listeners_of(day[row].beat_id) | _listeners(day[row].accounts)
        for row in np.flatnonzero(accounts < counts.enough).tolist()
    }
    return _with_listeners(_with_plays(counts, beats, plays), kept)


def with_changes(counts: Counts, plays: Mapping[int, int], listeners: Mapping[int, bytes]) -> Counts:
    """The counts after plays of some beats were taken away or given back; their listeners are those of now."""
    beats = np.array(sorted(plays), np.int64)
    changed = _with_plays(counts, beats, np.array([plays[beat] for beat in beats.tolist()], np.int64))
    return _with_listeners(changed, {beat: _listeners(listeners.get(beat, b"")) for beat in plays})


def asking_for(counts: Counts, enough: int, listeners: Mapping[int, bytes]) -> Counts:
    """The counts under a rule that asks for another number of accounts; `listeners` are those of all its beats."""
    fresh = replace(counts, enough=enough, heard=NONE, listeners=NONE)
    return _with_listeners(
        fresh, {beat: _listeners(listeners.get(beat, b"")) for beat in counts.beats.tolist()}
    )


def packed(counts: Counts) -> bytes:
    """All of it in one value."""
    table = pack(counts.beats, [counts.beats, counts.plays, counts.accounts])
    kept = pack(counts.heard, [counts.heard, counts.listeners])
    return b"".join([counts.enough.to_bytes(8, "little"), len(table).to_bytes(8, "little"), table, kept])


def unpacked(held: bytes) -> Counts:
    """What `packed` wrote."""
    size = int.from_bytes(held[8:16], "little")
    beats, plays, accounts = unpack(held[16 : 16 + size])
    heard, listeners = unpack(held[16 + size :])
    return Counts(int.from_bytes(held[:8], "little"), beats, plays, accounts, heard, listeners)


def _with_plays(counts: Counts, beats: Ints, plays: Ints) -> Counts:
    """More plays, for beats that are each named once."""
    all_beats = np.union1d(counts.beats, beats)
    sums, accounts = (np.zeros(len(all_beats), np.int64) for _ in range(2))
    known = np.searchsorted(all_beats, counts.beats)
    sums[known], accounts[known] = counts.plays, counts.accounts
    sums[np.searchsorted(all_beats, beats)] += plays
    return replace(counts, beats=all_beats, plays=np.maximum(sums, 0), accounts=accounts)


def _with_listeners(counts: Counts, kept: Mapping[int, BitMap]) -> Counts:
    """These beats have these listeners now; more than enough are not kept."""
    beats = np.array(sorted(kept), np.int64)
    accounts = counts.accounts.copy()
    numbers = np.array([min(len(kept[beat]), counts.enough) for beat in beats.tolist()], np.int64)
    accounts[np.searchsorted(counts.beats, beats)] = numbers
    others = ~np.isin(counts.heard, beats)
    few = [
        (beat, account)
        for beat in beats.tolist()
        if len(kept[beat]) < counts.enough
        for account in kept[beat]
    ]
    heard = np.concatenate([counts.heard[others], _column(beat for beat, _ in few)])
    listeners = np.concatenate([counts.listeners[others], _column(account for _, account in few)])
    order = np.lexsort((listeners, heard))
    return replace(counts, accounts=accounts, heard=heard[order], listeners=listeners[order])


def _column(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _listeners(roaring: bytes) -> BitMap:
    return BitMap.deserialize(roaring) if roaring else BitMap()
