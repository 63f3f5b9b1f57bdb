"""The reads of the Progress page, by section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from backline.domain.xp import Source
from backline.listening.calendar import reporting
from backline.people.models import Member
from backline.standing import queries as standing
from backline.web.progress.drawing import NARROW, WIDE, Bars, Ring, ring, week_bars
from backline.web.progress.earning import ways
from backline.web.progress.forms import Choices
from backline.web.progress.listing import Entries, achievements, history

PACE_DAYS = 30
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
    def progress(self) -> standing.Progress:
        """What several sections need."""
        return standing.progress(self._artist_id)

    def reads(self) -> dict[str, Callable[[], Any]]:
        """Section name → its read. `freshness` is the bar that waits for a new computation."""
        return {
            "freshness": lambda: self.progress,
            "level": lambda: Level(self.progress, ring(self.progress.level.progress_bp)),
            "pace": self._pace,
            "earn": lambda: ways(self._artist_id, now=self._now),
            "history": self._history,
            "achievements": lambda: achievements(
                self._artist_id, self._choices, sees_money=self._sees_money, now=self._now
            ),
        }

    def _pace(self) -> Pace:
        since = reporting().starts_at(reporting().today(self._now) - timedelta(days=PACE_DAYS))
        earned = max(standing.xp_since(self._artist_id, since=since, sources=REPEATED), 0)
        left = self.progress.level.xp_to_next
        days = -(-left * PACE_DAYS // earned) if left and earned else None
        return Pace(earned // PACE_DAYS, days)

    def _history(self) -> History:
        weeks = standing.weekly(self._artist_id, now=self._now)
        entries = history(self._artist_id, page=self._choices.page, sees_money=self._sees_money)
        return History(weeks, week_bars(WIDE, weeks), week_bars(NARROW, weeks), entries)
