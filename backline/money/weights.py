"""The weights of a day: from the catalogue and the counts to micro-points of every line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from backline.domain.contribution import ContributionRule, NewBeat, credit_points, equal_shares, within_cap
from backline.domain.shares import divided as shares_of_artists
from backline.listening.calendar import to_date, to_number
from backline.money import engine
from backline.money.catalogue import Catalogue
from backline.money.counts import Counts
from backline.money.packed import Ints

Shares = Mapping[int, Mapping[int, int]]
"""Beat → artist → accepted basis points, of beats with a share table."""


@dataclass(frozen=True)
class Weights:
    """Lines that weigh, sorted by artist and beat: micro-points, and the beat's plays to the end of the day."""

    artists: Ints
    beats: Ints
    points: Ints
    plays: Ints

    @property
    def columns(self) -> list[Ints]:
        """As they are stored."""
        return [self.artists, self.beats, self.points, self.plays]


def weights(catalogue: Catalogue, counts: Counts, *, day: date, rule: ContributionRule) -> Weights:
    """What every line weighs at the close of `day`: `domain.contribution`, for all beats at once."""
    plays, accounts = counts.of(catalogue.beats)
    ages = to_number(day) - catalogue.first_days
    heard = (accounts >= rule.min_accounts) & ((plays > 0) | rule.unplayed_counts) & (ages >= 0)
    beats, owners, first_days, plays, ages = (
        column[heard] for column in (catalogue.beats, catalogue.owners, catalogue.first_days, plays, ages)
    )
    points = engine.points(ages, plays)
    inside = _within_cap(beats, owners, first_days, points, rule.new_beats) & (points > 0)
    return _lines(catalogue, beats[inside], points[inside], plays[inside])


def _within_cap(beats: Ints, owners: Ints, first_days: Ints, points: Ints, limit: int) -> np.ndarray:
    """Which rows weigh under the monthly cap; only artists with more new beats in a month than it are looked at."""
    if not len(beats):
        return np.ones(0, bool)
    months = first_days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    _, group, sizes = np.unique(engine.key(owners, months + 2**20), return_inverse=True, return_counts=True)
    crowded = np.flatnonzero(sizes[group] > limit)
    inside = np.ones(len(beats), bool)
    weighing = within_cap(
        (
            NewBeat(
                int(beats[row]),
                int(owners[row]),
                to_date(int(first_days[row])),
                int(points[row]),
            )
            for row in crowded
        ),
        limit=limit,
    )
    inside[crowded] = [int(beats[row]) in weighing for row in crowded]
    return inside


def _lines(catalogue: Catalogue, beats: Ints, points: Ints, plays: Ints) -> Weights:
    """Each beat's micro-points for each of its credits: by its table, else equal, the odd ones to the lower artists."""
    weighs = np.isin(catalogue.credit_beats, beats)
    of, artists = catalogue.credit_beats[weighs], catalogue.credit_artists[weighs]
    rows = np.searchsorted(beats, of)
    starts = engine.starts(of)
    sizes = np.diff(np.concatenate([starts, [len(of)]]))
    size, place = np.repeat(sizes, sizes), np.arange(len(of)) - np.repeat(starts, sizes)
    parts = points[rows] // size + (place < points[rows] % size) if len(of) else points[rows]
    whole = dict(zip(beats.tolist(), points.tolist(), strict=True))
    parts = _by_tables(parts, of, artists, whole, catalogue.shares)
    order = np.lexsort((of, artists))
    return Weights(artists[order], of[order], parts[order].astype(np.int64), plays[rows][order])


def _by_tables(parts: Ints, of: Ints, artists: Ints, points: dict[int, int], shares: Shares) -> Ints:
    """Equal parts, replaced where the beat has a share table; `of` is in order. A held part is nobody's."""
    parts = parts.copy()
    for beat in shares.keys() & points.keys():
        start, end = np.searchsorted(of, [beat, beat + 1])
        divided = shares_of_artists(points[beat], shares[beat])
        parts[start:end] = [divided.get(artist, 0) for artist in artists[start:end].tolist()]
    return parts


def reweighed(lines: Weights, points: dict[int, int], shares: Shares) -> Weights:
    """The same lines with other micro-points for some beats, divided among their credits as on the day itself."""
    changed = lines.points.copy()
    for beat, whole in points.items():
        rows = np.flatnonzero(lines.beats == beat)
        artists = lines.artists[rows].tolist()
        if beat in shares:
            parts = shares_of_artists(whole, shares[beat])
        else:
            parts = credit_points(whole, equal_shares(artists))
        changed[rows] = [parts.get(artist, 0) for artist in artists]
    return Weights(lines.artists, lines.beats, changed, lines.plays)
