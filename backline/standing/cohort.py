"""All artists against each other: the ladders of top shares, and the numbers that only the comparison gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backline.domain.percentiles import (
    FEWEST_GENRE_ARTISTS,
    FEWEST_GENRE_BEATS,
    Ladder,
    ladder,
    percentile_points,
)
from backline.standing import facts, facts_money, facts_plays
from backline.standing.facts_overall import overall_scores
from backline.standing.models import Tally

OWN_MEASURES = ("public_beats", "diversity")
FOUNDERS = 30


@dataclass(frozen=True)
class Cohort:
    """The ladders by measure, and by artist what the comparison says."""

    ladders: dict[str, Ladder]
    standouts: Mapping[int, int]
    overall: Mapping[int, int] | None
    sellers: Mapping[int, datetime]
    founders: Mapping[int, int]

    def of(self, artist_id: int) -> dict[str, Any]:
        """An artist's numbers and instants, as a table keeps them."""
        sold_at = self.sellers.get(artist_id)
        return {
            "numbers": {
                "standout": self.standouts.get(artist_id, 0),
                "overall": None if self.overall is None else self.overall.get(artist_id, 0),
                "best_seller": int(sold_at is not None),
                "joined_as": self.founders.get(artist_id),
            },
            "instants": {"best_seller": sold_at.isoformat()} if sold_at else {},
        }


@dataclass(frozen=True)
class _Beat:
    artist_id: int
    plays: int
    completed: int
    downloads: int


def cohort_now(now: datetime) -> Cohort:
    """Compares everybody: artists in good standing without staff, and beats that were played."""
    eligible = facts.eligible_artists()
    beats = _ranked_beats(eligible)
    standouts = _standout_points(beats)
    best: dict[int, int] = {}
    for beat_id, points in standouts.items():
        artist_id = beats[beat_id].artist_id
        best[artist_id] = max(points, best.get(artist_id, 0))
    overall = overall_scores()
    ladders = _own_ladders(eligible) | _genre_ladders(beats)
    ladders["best_plays"] = ladder(beat.plays for beat in beats.values())
    ladders["standout"] = ladder(standouts.values())
    ladders["overall"] = ladder((overall or {}).values())
    return Cohort(ladders, best, overall, facts_money.best_sellers(now=now), facts.founders(FOUNDERS))


def _own_ladders(eligible: set[int]) -> dict[str, Ladder]:
    scores: dict[str, list[int]] = {measure: [] for measure in OWN_MEASURES}
    rows = Tally.objects.exclude(measures={}).values_list("pk", "measures")
    for pk, measures in rows.iterator(chunk_size=5000):
        if pk in eligible:
            for measure, found in scores.items():
                found.append(measures["numbers"][measure])
    return {measure: ladder(found) for measure, found in scores.items()}


def _ranked_beats(eligible: set[int]) -> dict[int, _Beat]:
    owners = {beat_id: artist_id for beat_id, artist_id in facts.public_beats() if artist_id in eligible}
    return {
        beat_id: _Beat(owners[beat_id], plays, completed, downloads)
        for beat_id, plays, completed, downloads in facts_plays.beat_totals()
        if plays and beat_id in owners
    }


def _genre_ladders(beats: Mapping[int, _Beat]) -> dict[str, Ladder]:
    plays: dict[str, list[int]] = defaultdict(list)
    artists: dict[str, set[int]] = defaultdict(set)
    for beat_id, slug in facts.public_genres():
        if beat_id in beats:
            plays[slug].append(beats[beat_id].plays)
            artists[slug].add(beats[beat_id].artist_id)
    return {
        f"genre:{slug}": ladder(scores, fewest=FEWEST_GENRE_BEATS)
        if len(artists[slug]) >= FEWEST_GENRE_ARTISTS
        else Ladder(len(scores))
        for slug, scores in plays.items()
    }


def _standout_points(beats: Mapping[int, _Beat]) -> dict[int, int]:
    """Each beat's three percentiles added up; one more, since a score of 0 is not ranked."""
    each = list(beats.values())
    columns = (
        percentile_points([beat.plays for beat in each]),
        percentile_points([beat.completed * 1_000_000 // beat.plays for beat in each]),
        percentile_points([beat.downloads for beat in each]),
    )
    return {beat_id: 1 + sum(points) for beat_id, *points in zip(beats, *columns, strict=True)}
