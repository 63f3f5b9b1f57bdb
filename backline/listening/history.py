"""The memory that judging needs: what was counted on the days that listens still arrive for."""

from __future__ import annotations

from backline.domain.day_history import DayHistory
from backline.domain.verdicts import Listen
from backline.listening.store.interface import FoldSession
from backline.listening.store.rows import Flag, LoggedListen

DAYS_KEPT = 5
# As plain numbers: this is asked five times for every listen.
UNAVAILABLE, ROBOT, OWN_TEAM = Flag.UNAVAILABLE.value, Flag.ROBOT.value, Flag.OWN_TEAM.value
STAFF, UNPROVEN = Flag.STAFF.value, Flag.UNPROVEN.value


class HistoryBook:
    """Days' histories, kept between folds. Valid only for a fold that begins where the last one ended."""

    def __init__(self) -> None:
        self._days: dict[int, DayHistory] = {}
        self._watermark = -1

    def open_at(self, watermark: int) -> None:
        """Begins a fold; when somebody else moved the watermark, everything is read anew."""
        if self._watermark != watermark:
            self._days.clear()
        # Until the fold ends well, nothing here can be trusted again.
        self._watermark = -1

    def close_at(self, watermark: int) -> None:
        """Ends a fold; only the latest days are kept."""
        self._watermark = watermark
        for day in sorted(self._days)[:-DAYS_KEPT]:
            del self._days[day]

    def day(self, session: FoldSession, day: int, before: int) -> DayHistory:
        """A day's history, read from the log rows with a number lower than `before` when it is not known."""
        history = self._days.get(day)
        if history is None:
            history = self._days[day] = DayHistory()
            for row in session.counted_listens(day, before):
                history.add(as_listen(row))
        return history


def as_listen(row: LoggedListen) -> Listen:
    """The row as the rules see it."""
    flags = row.flags
    return Listen(
        row.beat,
        row.listener,
        row.address,
        row.started_ms,
        row.played_ms,
        row.distinct_ms,
        row.beat_ms,
        bool(flags & UNAVAILABLE),
        bool(flags & ROBOT),
        bool(flags & OWN_TEAM),
        bool(flags & STAFF),
        bool(flags & UNPROVEN),
    )
