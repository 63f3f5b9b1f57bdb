"""A rebuild: the logs judged and counted again, beside the figures that are served, which it then replaces.

The rollups in the making are written in short transactions, so that intake, the fold and readers go on. The last
transaction takes what arrived meanwhile, puts the new rollups in the place of the old ones and counts again what was
changed since the beginning. A rebuild that dies leaves the old figures; the next one begins anew. The result is
identical to what the fold, the closes and the changes made of the same rows.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from backline.domain.months import month_of, months_between, next_month
from backline.listening.changing import count_again
from backline.listening.fold import DOWNLOAD, LISTEN, record, write
from backline.listening.history import HistoryBook
from backline.listening.months import add_late_marks, clear_behind, make_months, tops_of
from backline.listening.sealing import drop_month, dropped_months, restore_month
from backline.listening.store import Owner, open_store
from backline.listening.store.closes import Horizons, MarkStep
from backline.listening.store.interface import FoldSession, RebuildSession
from backline.listening.tallying import Batch

PORTION = 20_000
WRITTEN = 1_000
ALL = -(1 << 40)
# The watermark that counts how many rebuilds were begun.
REBUILDS = "rebuilds"


@dataclass
class _Reached:
    """How far the rollups in the making got in each log."""

    listen: int
    download: int
    mark: int
    change: int


def rebuild(*, from_day: int | None = None, note: Callable[[int], None] = lambda _: None) -> int:
    """Judges and counts the logs again, from a day number on (all of it by default); answers how many listens.

    Where months are published, whole months are made anew; the log of months that were dropped is restored from their
    files for as long as it takes. `note` is told how many listens are done.

    Raises:
        SealError: such a file is missing or damaged; the figures stay as they are.
        OvertakenError: another rebuild began meanwhile; that one goes on.
    """
    away = dropped_months(ALL if from_day is None else from_day)
    try:
        for month in away:
            restore_month(month)
        return _Rebuild(from_day, note).run()
    finally:
        for month in away:
            drop_month(month)


class OvertakenError(Exception):
    """Another rebuild began: the rollups in the making are that one's."""


class _Rebuild:
    def __init__(self, from_day: int | None, note: Callable[[int], None]) -> None:
        self._store = open_store()
        published = self._store.horizons().months
        whole = from_day is not None and month_of(from_day) <= published
        self._from = month_of(from_day) if from_day is not None and whole else from_day
        self._first = ALL if self._from is None else self._from
        self._book = HistoryBook()
        self._note = note
        self._done = 0
        self._prepared = Horizons(0, 0, 0)

    def run(self) -> int:
        """Makes everything anew and publishes it; answers how many listens."""
        self._store.begin_rebuild(self._from)
        with self._store.rebuilding() as session:
            self._no = session.watermark(REBUILDS)
            listens, downloads = session.first_of_days(self._first)
            # Days without anything in a log yet begin after what is folded: more may arrive meanwhile.
            self._reached = _Reached(
                listen=min(listens - 1, session.watermark(LISTEN)),
                download=min(downloads - 1, session.watermark(DOWNLOAD)),
                mark=0,
                change=session.last_change(),
            )
        while not self._end():
            pass
        return self._done

    @contextmanager
    def _making(self) -> Iterator[RebuildSession]:
        with self._store.rebuilding() as session:
            if session.watermark(REBUILDS) != self._no:
                raise OvertakenError("another rebuild began")
            yield session

    def _end(self) -> bool:
        """Goes through what there is, then ends; not when months were published meanwhile."""
        while self._portion():
            pass
        horizons = self._store.horizons()
        if horizons != self._prepared:
            self._prepare(horizons)
            return False
        with self._making() as session:
            if self._store.horizons() != horizons:
                return False
            while self._last_step(session):
                pass
            session.publish()
            count_again(session, session.changes(self._reached.change))
        return True

    def _last_step(self, session: RebuildSession) -> int:
        """Takes what arrived since the last portion, inside the transaction that publishes."""
        batch, taken, steps = self._judge(session)
        write(session, batch)
        add_late_marks(session, steps if self._prepared.months else [])
        return taken

    def _portion(self) -> int:
        """Takes a portion of each log: judged without the lock that others wait for, written in short transactions."""
        # Many small objects that hold no cycles: looking for some would cost more than the counting.
        gc.disable()
        try:
            return self._write_portion(*self._judge(self._store.rebuild_reads()))
        finally:
            gc.enable()

    def _write_portion(self, batch: Batch, taken: int, steps: list[MarkStep]) -> int:
        keys = sorted(batch.tallies)
        with self._making() as session:
            record(session, batch)
        for start in range(0, len(keys), WRITTEN):
            with self._making() as session:
                session.add({key: batch.tallies[key] for key in keys[start : start + WRITTEN]})
        if steps and self._prepared.months:
            with self._making() as session:
                add_late_marks(session, steps)
        self._note(self._done)
        return taken

    def _judge(self, session: FoldSession) -> tuple[Batch, int, list[MarkStep]]:
        """Takes a portion of each log, as far as the fold is; answers how many rows, and what marks changed."""
        batch = Batch(session)
        reached = self._reached
        last = session.watermark(LISTEN)
        listens = [row for row in session.listens(reached.listen, PORTION) if row.seq <= last]
        if listens:
            again = [row for row in listens if row.day >= self._first]
            batch.add_listens(again, self._book, session.changed(listens[0].seq, listens[-1].seq))
            reached.listen = listens[-1].seq
            self._book.close_at(reached.listen)
            self._done += len(again)
        last = session.watermark(DOWNLOAD)
        downloads = [row for row in session.downloads(reached.download, PORTION) if row.seq <= last]
        if downloads:
            batch.add_downloads([row for row in downloads if row.day >= self._first])
            reached.download = downloads[-1].seq
        marks = session.mark_steps(reached.mark, PORTION)
        steps = [step for _, step in marks if step.day >= self._first]
        for step in steps:
            batch.add_mark(step)
        reached.mark = marks[-1][0] if marks else reached.mark
        return batch, len(listens) + len(downloads) + len(marks), steps

    def _prepare(self, horizons: Horizons) -> None:
        """Makes the published months that are not made yet, then clears what is behind the horizons."""
        with self._store.folding() as session:
            days = session.days_to_close()
        start = max(self._first, self._prepared.months + 1, month_of(days[0]) if days else 0)
        for month in months_between(start, horizons.months):
            for owner in Owner:
                with self._making() as session:
                    tops = tops_of(session.account_plays(owner, month, next_month(month) - 1))
                make_months(self._making, owner, month, tops)
        for name in ("beat_days", "seconds"):
            first, horizon = max(self._first, getattr(self._prepared, name)), getattr(horizons, name)
            if first < horizon:
                clear_behind(self._making, name, first, horizon)
        self._prepared = horizons
