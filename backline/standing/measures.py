"""From facts to the measures that achievements are judged by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from backline.domain import quality
from backline.domain.achievements import Kind, Measures
from backline.domain.seasons import first_in_season
from backline.standing.achievements import all_achievements
from backline.standing.facts import ArtistFacts
from backline.standing.facts_money import Firsts

GENRE_BEATS = 2


def measures_of(
    facts: ArtistFacts, *, plays: int, beat_plays: Mapping[int, int], firsts: Firsts, zone: ZoneInfo
) -> Measures:
    """An artist's own measures: `plays` of all time, those of its beats, and the firsts of its money."""
    public = [beat for beat in facts.beats if beat.facts.own and beat.facts.public]
    best: dict[str, int] = defaultdict(int)
    genres: Counter[str] = Counter()
    for beat in public:
        for slug in beat.genres:
            genres[slug] += 1
            best[slug] = max(best[slug], beat_plays.get(beat.facts.beat_id, 0))
    numbers = {
        "public_beats": len(public),
        "quality_bp": quality.mean_bp([beat.completeness for beat in public]) or 0,
        "best_plays": max((beat_plays.get(beat.facts.beat_id, 0) for beat in public), default=0),
        "diversity": sum(count >= GENRE_BEATS for count in genres.values()),
        "collab_beats": len(facts.strangers_at),
        "plays": plays,
        "photo": int(facts.has_photo),
        "bio": int(facts.has_bio),
        "links": facts.links,
        "photos": facts.photos,
    } | {measure: int(measure in firsts) for measure in ("licences", "sales", "statements")}
    return Measures(facts.joined_at, numbers, dict(best), _instants(facts, firsts, zone))


def _instants(facts: ArtistFacts, firsts: Firsts, zone: ZoneInfo) -> dict[str, datetime]:
    """The moments that the facts tell of achievements, by key."""
    published = [
        beat.facts.first_published_at
        for beat in facts.beats
        if beat.facts.own and beat.facts.first_published_at
    ]
    found: dict[str, datetime | None] = {}
    for each in all_achievements():
        if each.kind is Kind.SEASON:
            found[each.key] = first_in_season(
                published, first_day=each.first_day, last_day=each.last_day, zone=zone
            )
        elif each.measure == "collab_beats":
            found[each.key] = next(iter(facts.strangers_at[each.least - 1 :]), None)
        elif each.measure in firsts:
            found[each.key] = firsts[each.measure]
    return {key: at for key, at in found.items() if at is not None}
