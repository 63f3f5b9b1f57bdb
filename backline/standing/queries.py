"""Reads of XP, levels and achievements for screens, the API and the boards."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from backline.core import sql
from backline.core.paging import page_of
from backline.domain import levels
from backline.domain.achievement_outlook import FULL_BP, Outlook, Scene
from backline.domain.achievement_rules import judge
from backline.domain.achievements import Achievement, Kind, Measures, measures_from
from backline.domain.xp import Source
from backline.listening.calendar import reporting
from backline.standing.achievements import all_achievements, by_key
from backline.standing.models import Award, Tally
from backline.standing.unlocking import scene_of

PAGE_SIZE = 20
WEEKS = 12
LATELY_DAYS = 30
NEAR_BP = 8_000


@dataclass(frozen=True)
class Counted:
    """What was counted of an artist. `measures` and `computed_at` are None before the first computation; `waits` while
    one is asked for. `scene` is what achievements are judged in."""

    artist_id: int
    xp: int
    computed_at: datetime | None
    waits: bool
    unlocked: list[str]
    measures: Measures | None
    scene: Scene


@dataclass(frozen=True)
class SourceSum:
    """What a source brought: `count` facts in force, for achievements unlocked ones, for plays days; `lately` is the XP
    of the last `LATELY_DAYS` complete days and today."""

    source: Source
    xp: int = 0
    count: int = 0
    lately: int = 0


@dataclass(frozen=True)
class Progress:
    """An artist's XP and level. `lines` counts the rows of its history; `computed_at` and `waits` as in `Counted`."""

    level: levels.Standing
    xp: int
    sums: list[SourceSum]
    lines: int
    computed_at: datetime | None
    waits: bool

    @property
    def lately(self) -> dict[Source, int]:
        """The XP of the last days by source."""
        return {each.source: each.lately for each in self.sums}

    @property
    def next_title(self) -> tuple[str, int] | None:
        """The next title and the level at which it begins; None for the last."""
        later = (level for level, _ in levels.TITLES_FROM if level > self.level.level)
        first = next(later, None)
        return (levels.title(first), first) if first else None


@dataclass(frozen=True)
class AchievementState:
    """An achievement as an artist has it: `unlocked_at`, or how far it is."""

    achievement: Achievement
    unlocked_at: datetime | None
    outlook: Outlook

    @property
    def progress_bp(self) -> int:
        """How near it is, for sorting: what has no measure comes last."""
        return self.outlook.progress_bp or 0 if self.unlocked_at is None else FULL_BP


@dataclass(frozen=True)
class Line:
    """A row of the history. `reverses` says that it takes an earlier one back, and `note` why."""

    id: int
    source: Source
    rule: str
    subject: str
    amount: int
    at: datetime
    note: str
    reverses: bool


@dataclass(frozen=True)
class History:
    """A page of the history, the newest first."""

    lines: list[Line]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Week:
    """The XP of the seven reporting days from `first_on`."""

    first_on: date
    xp: int


# Read on every visit of Progress: see core/sql.py for why the ORM does not build them.
_COUNTED = """
SELECT tally.xp, tally.computed_at, tally.wanted_at, tally.unlocked, tally.measures, tally.cohort,
    (SELECT ladders FROM standing_round WHERE id = 1)
FROM standing_tally tally WHERE tally.artist_id = %s
"""
_BY_SOURCE = """
SELECT award.source, SUM(award.amount), COUNT(CASE WHEN award.reverses_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM standing_award reversal WHERE reversal.reverses_id = award.id) THEN 1 END),
    SUM(CASE WHEN award.at >= %s THEN award.amount ELSE 0 END), COUNT(*)
FROM standing_award award WHERE award.artist_id = %s GROUP BY award.source
"""
_SINCE = "SELECT SUM(amount) FROM standing_award WHERE artist_id = %s AND at >= %s"
_AWARDS_SINCE = "SELECT at, amount FROM standing_award WHERE artist_id = %s AND at >= %s"


def xp_of_all() -> dict[int, tuple[int, int]]:
    """XP and the number of unlocked achievements of every artist that has a tally. One query."""
    rows = Tally.objects.values_list("pk", "xp", "achievements").iterator(chunk_size=10_000)
    return {artist_id: (xp, achievements) for artist_id, xp, achievements in rows}


def level_of(artist_id: int) -> levels.Standing:
    """The artist's level; level 1 with 0 XP before anything is counted. One query."""
    found = sql.rows("SELECT xp FROM standing_tally WHERE artist_id = %s", artist_id)
    return levels.standing(found[0][0] if found else 0)


def counted(artist_id: int, *, now: datetime) -> Counted:
    """What was counted of an artist. One query."""
    found = sql.rows(_COUNTED, artist_id)
    if not found:
        return Counted(artist_id, 0, None, False, [], None, scene_of("{}", now))
    xp, computed_at, wanted_at, unlocked, measures, cohort, ladders = found[0]
    known = json.loads(measures)
    return Counted(
        artist_id=artist_id,
        xp=xp,
        computed_at=computed_at and sql.instant(computed_at),
        waits=wanted_at is not None,
        unlocked=json.loads(unlocked),
        measures=measures_from(known, cohort=json.loads(cohort)) if known else None,
        scene=scene_of(ladders or "{}", now),
    )


def progress(of: Counted) -> Progress:
    """Level and XP by source. One query."""
    today = reporting().today(of.scene.now)
    since = reporting().starts_at(today - timedelta(days=LATELY_DAYS))
    rows = sql.rows(_BY_SOURCE, since, of.artist_id)
    found = {source: (int(xp), count, int(lately)) for source, xp, count, lately, _ in rows}
    return Progress(
        level=levels.standing(of.xp),
        xp=of.xp,
        sums=[SourceSum(source, *found.get(source, ())) for source in Source],
        lines=sum(lines for *_, lines in rows),
        computed_at=of.computed_at,
        waits=of.waits,
    )


_UNLOCKS = """
SELECT rule, at FROM standing_award
WHERE artist_id = %s AND source = 'achievement' AND reverses_id IS NULL
"""


def achievements(of: Counted) -> list[AchievementState]:
    """Every achievement with its state, in the order of the data file. One query, none before it is measured."""
    if of.measures is None:
        return [
            AchievementState(each, None, Outlook(False, "not counted yet")) for each in all_achievements()
        ]
    found = {rule: sql.instant(at) for rule, at in sql.rows(_UNLOCKS, of.artist_id)}
    unlocked = {key: found[key] for key in of.unlocked if key in found}
    return [
        AchievementState(each, unlocked.get(each.key), judge(each, of.measures, of.scene))
        for each in all_achievements()
    ]


def within_reach(of: Counted) -> AchievementState | None:
    """The locked achievement that is nearest, when four fifths of it are there and doing something brings it nearer.

    No query.
    """
    if of.measures is None:
        return None
    states = [
        AchievementState(each, None, judge(each, of.measures, of.scene))
        for each in all_achievements()
        if each.key not in of.unlocked and each.kind is not Kind.TENURE
    ]
    nearest = max(states, key=lambda state: state.progress_bp, default=None)
    return nearest if nearest and NEAR_BP <= nearest.progress_bp < FULL_BP else None


_UNLOCKED = """
SELECT COUNT(*), COUNT(CASE WHEN award.at >= %s THEN 1 END) FROM standing_award award
WHERE award.artist_id = %s AND award.source = 'achievement' AND award.reverses_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM standing_award reversal WHERE reversal.reverses_id = award.id)
"""


def unlocked_counts(artist_id: int, *, since: datetime) -> tuple[int, int]:
    """How many achievements are unlocked, and how many of them since a moment. One query."""
    ((unlocked, lately),) = sql.rows(_UNLOCKED, since, artist_id)
    return unlocked, lately


def history(artist_id: int, *, total: int, page: int, size: int = PAGE_SIZE) -> History:
    """A page of the artist's awards and reversals, of which there are `total`. One query."""
    here = page_of(total, page=page, size=size)
    rows = Award.objects.filter(artist_id=artist_id).order_by("-at", "-id")[here.start : here.stop]
    lines = [
        Line(
            row.pk,
            Source(row.source),
            row.rule,
            row.subject,
            row.amount,
            row.at,
            row.note,
            row.reverses_id is not None,
        )
        for row in rows
    ]
    return History(lines, total, here.number, here.pages)


def weekly(artist_id: int, *, now: datetime, weeks: int = WEEKS) -> list[Week]:
    """The XP of the last weeks of reporting days, Monday to Sunday, the present one last. One query."""
    calendar = reporting()
    today = calendar.today(now)
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    return _by_week(artist_id, first, weeks, since=calendar.starts_at(first), zone=calendar.zone)


def xp_since(artist_id: int, *, since: datetime) -> int:
    """The XP of facts since a moment. One query."""
    ((xp,),) = sql.rows(_SINCE, artist_id, since)
    return int(xp or 0)


def achievement_name(rule: str) -> str:
    """What an achievement's award is called; one that is not listed any more keeps its key."""
    found = by_key().get(rule)
    return found.name if found else rule


def _by_week(artist_id: int, first: date, weeks: int, *, since: datetime, zone: ZoneInfo) -> list[Week]:
    sums: Counter[int] = Counter()
    for at, amount in sql.rows(_AWARDS_SINCE, artist_id, since):
        sums[(sql.instant(at).astimezone(zone).date() - first).days // 7] += amount
    return [Week(first + timedelta(days=7 * week), sums[week]) for week in range(weeks)]
