"""Unlocking achievements: which ones an artist has reached by now, and their awards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from django.db.models import F

from backline.core import sql
from backline.domain.achievement_outlook import Scene
from backline.domain.achievement_rules import judge
from backline.domain.achievements import Achievement, Measures, may_reach
from backline.domain.percentiles import Ladder
from backline.domain.xp import Source, Wanted
from backline.listening.calendar import reporting
from backline.standing import facts, facts_plays
from backline.standing.achievements import all_achievements
from backline.standing.diff import award_for
from backline.standing.models import Award, Round, Tally

Unlocks = dict[int, list[tuple[Achievement, datetime | None]]]
"""By artist: what was reached, and when where the facts tell."""


def present_scene(now: datetime) -> Scene:
    """What criteria look at besides the artist: the ladders of the last round."""
    stored = sql.rows("SELECT ladders FROM standing_round WHERE id = 1")
    return scene_of(stored[0][0] if stored else "{}", now)


def scene_of(ladders: str, now: datetime) -> Scene:
    """The scene with ladders as a round stored them."""
    return Scene(_ladders(ladders), now, reporting().zone)


@lru_cache(maxsize=4)
def _ladders(stored: str) -> Mapping[str, Ladder]:
    """The ladders as a round stored them: they stay as they are until the next one."""
    return {name: Ladder(each["ranked"], tuple(each["cuts"])) for name, each in json.loads(stored).items()}


def reached(
    measures: Measures, *, unlocked: Sequence[str], scene: Scene
) -> list[tuple[Achievement, datetime | None]]:
    """The achievements reached by the present facts that are not unlocked yet."""
    found = []
    for achievement in all_achievements():
        if achievement.key not in unlocked and may_reach(achievement, measures, now=scene.now):
            outlook = judge(achievement, measures, scene)
            if outlook.reached:
                found.append((achievement, outlook.at))
    return found


def unlock(unlocks: Unlocks, *, now: datetime, looking_back: bool = False) -> list[Award]:
    """Gives the awards, once each: what staff took back does not come again. Call it holding the artists' tallies."""
    before = set(
        Award.objects.filter(artist_id__in=list(unlocks), source=Source.ACHIEVEMENT).values_list(
            "artist_id", "rule"
        )
    )
    dates = _Dates(looking_back=looking_back, now=now)
    new = [
        award_for(artist_id, dates.wanted(artist_id, achievement, at), now=now)
        for artist_id, achievements in unlocks.items()
        for achievement, at in achievements
        if (artist_id, achievement.key) not in before
    ]
    Award.objects.bulk_create(new, batch_size=500)
    tallies = Tally.objects.in_bulk({award.artist_id for award in new})
    for artist_id, tally in tallies.items():
        own = [award for award in new if award.artist_id == artist_id]
        keys = [*tally.unlocked, *(award.rule for award in own)]
        gained = sum(award.amount for award in own)
        Tally.objects.filter(pk=artist_id).update(xp=F("xp") + gained, unlocked=keys, achievements=len(keys))
    return new


class _Dates:
    """Dates awards at their facts, where these tell.

    Looking back on what was there before XP was counted, a comparison of beats is dated at when the least that it asks
    for was out; else at its finding.
    """

    def __init__(self, *, looking_back: bool, now: datetime) -> None:
        self._looking_back = looking_back or not Round.objects.filter(computed_at__isnull=False).exists()
        self._now = now
        self._milestones = facts_plays.Milestones()

    def wanted(self, artist_id: int, achievement: Achievement, at: datetime | None) -> Wanted:
        """The award as it is wanted."""
        if achievement.measure == "plays":
            at = self._milestones.reached_at(artist_id, achievement.least)
        elif self._looking_back and "public_beats" in (achievement.measure, achievement.counted):
            at = facts.published_at(artist_id, achievement.least)
        at = min(at or self._now, self._now)
        return Wanted(Source.ACHIEVEMENT, "", achievement.xp, at, rule=achievement.key)


def as_json(ladders: Mapping[str, Ladder]) -> dict[str, dict[str, object]]:
    """Ladders as the round keeps them."""
    return {measure: {"ranked": each.ranked, "cuts": list(each.cuts)} for measure, each in ladders.items()}
