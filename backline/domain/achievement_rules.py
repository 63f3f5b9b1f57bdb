"""Whether an artist has reached an achievement, and how far it is."""

from __future__ import annotations

from collections.abc import Callable

from backline.domain.achievement_outlook import (
    CLOSE_BP,
    FULL_BP,
    OPAQUE,
    UNKNOWN,
    WORDS,
    Outlook,
    Scene,
    in_percent,
    in_words,
    share,
    so_far,
    standing_at,
    unavailable,
)
from backline.domain.achievements import Achievement, Kind, Measures
from backline.domain.percentiles import Ladder
from backline.domain.seasons import add_months, season_days


def judge(achievement: Achievement, measures: Measures, scene: Scene) -> Outlook:
    """Judges one achievement by the present facts. What was unlocked before stays so, whatever this says."""
    return _CRITERIA[achievement.kind](achievement, measures, scene)


def _reach(achievement: Achievement, measures: Measures, scene: Scene) -> Outlook:
    have = measures.number(achievement.measure)
    if have is None:
        return unavailable(UNKNOWN.get(achievement.measure, "it is not counted here"))
    reached = have >= achievement.least
    at = measures.instants.get(achievement.key) if reached else None
    if achievement.least == 1:
        return Outlook(reached, "done" if reached else "not yet", at=at)
    return Outlook(reached, so_far(have, achievement.least), share(have, achievement.least, reached), at)


def _above(achievement: Achievement, measures: Measures, scene: Scene) -> Outlook:
    have, counted = measures.number(achievement.measure) or 0, measures.number(achievement.counted) or 0
    enough = counted >= achievement.least
    reached = enough and have > achievement.above
    text = f"{in_percent(have)} of {in_percent(achievement.above)}"
    if not enough:
        text = f"{so_far(counted, achievement.least)} public beats, {in_percent(have)}"
    # Exactly at the edge is not above it.
    least = min(share(have, achievement.above + 1, reached), share(counted, achievement.least, reached))
    return Outlook(reached, text, least)


def _top(achievement: Achievement, measures: Measures, scene: Scene) -> Outlook:
    have, steps = measures.number(achievement.measure), scene.ladders.get(achievement.measure)
    if have is None:
        return unavailable(UNKNOWN.get(achievement.measure, "it is not counted here"))
    if steps is None or not steps.is_available:
        return unavailable("fewer than 20 are ranked")
    if achievement.measure in OPAQUE:
        return _by_place(achievement, measures, steps.top_percent(have))
    cut, place = steps.cut(achievement.top), steps.top_percent(have)
    need = max(achievement.least, cut or 0)
    reached = cut is not None and have >= need
    if cut is None and have >= need:
        # Too many share the first place for any of them to be in so small a share.
        return Outlook(
            False, f"{standing_at(place)}, shared by too many", share(achievement.top, place or 100, False)
        )
    text = f"{so_far(have, need)} {WORDS[achievement.measure]}, {standing_at(place)}"
    return Outlook(reached, text, share(have, need, reached))


def _by_place(achievement: Achievement, measures: Measures, place: int | None) -> Outlook:
    """For scores that mean nothing by themselves: how far the place is from the wanted share."""
    counted = measures.number(achievement.counted) or 0 if achievement.counted else achievement.least
    enough = counted >= achievement.least
    reached = enough and place is not None and place <= achievement.top
    text = standing_at(place)
    if not enough:
        text = f"{so_far(counted, achievement.least)} public beats, {text}"
    least = min(
        share(achievement.top, place, reached) if place else 0,
        share(counted, achievement.least, reached),
    )
    return Outlook(reached, text, least)


def _genre(achievement: Achievement, measures: Measures, scene: Scene) -> Outlook:
    cuts = {slug: steps.cut(achievement.top) for slug in measures.genres if (steps := _steps(scene, slug))}
    if not cuts:
        return unavailable("your genres have fewer than 20 beats by 10 artists")
    ways = [(measures.genres[slug], cut) for slug, cut in cuts.items() if cut is not None]
    if not ways:
        return Outlook(False, "a tie at the top of your genres", 0)
    have, need = max(ways, key=lambda way: way[0] / way[1])
    reached = have >= need
    return Outlook(reached, f"{so_far(have, need)} plays", share(have, need, reached))


def _tenure(achievement: Achievement, measures: Measures, scene: Scene) -> Outlook:
    at = add_months(measures.joined_at, achievement.least, zone=scene.zone)
    if reached := scene.now >= at:
        return Outlook(reached, "reached", FULL_BP, at)
    passed = (scene.now - measures.joined_at) / (at - measures.joined_at)
    done = max(0, min(int(passed * FULL_BP), CLOSE_BP))
    return Outlook(reached, f"on {in_words(at.astimezone(scene.zone))}", done)


def _founding(achievement: Achievement, measures: Measures, scene: Scene) -> Outlook:
    number = measures.number(achievement.measure)
    if number is not None and number <= achievement.least:
        return Outlook(True, f"number {number}", FULL_BP, measures.joined_at)
    return Outlook(False, "Closed: the first thirty places are taken", available=False)


def _season(achievement: Achievement, measures: Measures, scene: Scene) -> Outlook:
    if at := measures.instants.get(achievement.key):
        return Outlook(True, "published", FULL_BP, at)
    today = scene.now.astimezone(scene.zone).date()
    first_on, last_on = season_days(achievement.first_day, achievement.last_day, today=today)
    is_open = first_on <= today
    return Outlook(False, f"open until {in_words(last_on)}" if is_open else f"opens {in_words(first_on)}")


_CRITERIA: dict[Kind, Callable[[Achievement, Measures, Scene], Outlook]] = {
    Kind.REACH: _reach,
    Kind.ABOVE: _above,
    Kind.TOP: _top,
    Kind.GENRE: _genre,
    Kind.TENURE: _tenure,
    Kind.FOUNDING: _founding,
    Kind.SEASON: _season,
}


def _steps(scene: Scene, slug: str) -> Ladder | None:
    steps = scene.ladders.get(f"genre:{slug}")
    return steps if steps is not None and steps.is_available else None
