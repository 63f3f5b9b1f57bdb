"""Facts for the tests of XP and achievements, as short as what they are about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backline.domain.achievement_outlook import Outlook, Scene
from backline.domain.achievement_rules import judge
from backline.domain.achievements import Measures, may_reach
from backline.domain.percentiles import Ladder, ladder
from backline.domain.xp import BeatFacts
from backline.standing.achievements import by_key

NOW = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
DAY = timedelta(days=1)


def beat(beat_id: int = 1, **changes: Any) -> BeatFacts:
    """A complete public beat of the artist's own, first published now."""
    values: dict[str, Any] = {
        "own": True,
        "public": True,
        "first_published_at": NOW,
        "complete": True,
        "changed_at": NOW,
    }
    return BeatFacts(beat_id, **values | changes)


def outlook(key: str, **given: Any) -> Outlook:
    """What an achievement's criterion says; `given` are numbers by measure, and the other fields by their names."""
    joined_at = given.pop("joined_at", NOW)
    genres, instants = given.pop("genres", {}), given.pop("instants", {})
    scene = Scene(given.pop("ladders", {}), given.pop("now", NOW), given.pop("zone", ZONE))
    measures = Measures(joined_at, given, genres, instants)
    found = judge(by_key()[key], measures, scene)
    assert may_reach(by_key()[key], measures, now=scene.now) or not found.reached
    return found


def hundred(step: int = 1) -> Ladder:
    """A ladder of a hundred scores: step, 2 × step, ... 100 × step, so that top p % begins at (101 − p) × step."""
    return ladder(range(step, 101 * step, step))
