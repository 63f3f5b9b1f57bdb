"""The reads of the Progress page, by section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from backline.domain.xp import Source
from backline.people.models import Member
from backline.standing import queries as standing
from backline.web.progress.drawing import NARROW, WIDE, Bars, Ring, ring, week_bars
from backline.web.progress.earning import Way, ways
from backline.web.progress.forms import Choices
from backline.web.progress.listing import Entries, achievements, history

REPEATED = [source for source in Source if source is not Source.ACHIEVEMENT]
TOGETHER: dict[str, tuple[str, ...]] = {"level": ("level", "pace")}


@dataclass(frozen=True)
class Level:
    """Level, ring and sources; `waits` while a new computation was asked for."""

    progress: standing.Progress
    ring: Ring


@dataclass(frozen=True)
class Pace:
    """XP a day over the last 30 complete days and today, without achievements, and the days to the next level at it."""

    a_day: int
    days: int | None


@dataclass(frozen=True)
class History:
    """The weeks as bars, and a page of awards."""

    weeks: list[standing.Week]
    wide: Bars
    narrow: Bars
    entries: Entries

    @property
    def total(self) -> int:
        """The XP of all weeks shown."""
        return sum(week.xp for week in self.weeks)


class Sections:
    """The reads of one request, on the choices its address makes."""

    def __init__(self, member: Member, choices: Choices, *, now: datetime) -> None:
        self._artist_id, self._sees_money = member.artist_id, member.sees_money
        self._choices, self._now = choices, now

    @cached_property
    def counted(self) -> standing.Counted:
        """What `progress` and the achievements begin with."""
        return standing.counted(self._artist_id, now=self._now)

    @cached_property
    def progress(self) -> standing.Progress:
        """What several sections need."""
        return standing.progress(self.counted)

    def reads(self) -> dict[str, Callable[[], Any]]:
        """Section name → its read. `freshness` is the bar that waits for a new computation."""
        return {
            "freshness": lambda: self.progress,
            "level": lambda: Level(self.progress, ring(self.progress.level.progress_bp)),
            "pace": self._pace,
            "earn": self._earn,
            "history": self._history,
            "achievements": lambda: achievements(self.counted, self._choices, sees_money=self._sees_money),
        }

    def _pace(self) -> Pace:
        earned = max(sum(self.progress.lately[source] for source in REPEATED), 0)
        left = self.progress.level.xp_to_next
        days = -(-left * standing.LATELY_DAYS // earned) if left and earned else None
        return Pace(earned // standing.LATELY_DAYS, days)

    def _earn(self) -> list[Way]:
        return ways(self._artist_id, plays_xp=self.progress.lately[Source.PLAYS], now=self._now)

    def _history(self) -> History:
        weeks = standing.weekly(self._artist_id, now=self._now)
        entries = history(
            self._artist_id,
            total=self.progress.lines,
            page=self._choices.page,
            sees_money=self._sees_money,
        )
        return History(weeks, week_bars(WIDE, weeks), week_bars(NARROW, weeks), entries)
