"""Rollups in the making on SQLite: tables beside the real ones, which take their place in one short transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from backline.listening.store.closes import MonthRow
from backline.listening.store.merge import add_to_total
from backline.listening.store.numbers import Numbers
from backline.listening.store.rows import Owner, TotalRow
from backline.listening.store.sqlite_fold import SQLiteFoldSession
from backline.listening.store.sqlite_rollups import END

NEW = "new_"
# Keyed by owner and day; those of owners alone; verdicts, which go by the log's numbers.
BY_DAY = ("artist_day", "beat_day", "artist_month", "beat_month", "beat_second", "artist_download")
TOTALS = ("artist_total", "beat_total")
VERDICTS = ("listen_verdict", "download_verdict")
ROLLUPS = (*BY_DAY, *TOTALS, *VERDICTS)
_CREATE = re.compile(r"CREATE TABLE IF NOT EXISTS (\w+) (.*?);", re.DOTALL)


def make_tables(connection: sqlite3.Connection, schema: str) -> None:
    """Makes the empty tables; what a rebuild that was cut off left is dropped."""
    wanted = {name: body for name, body in _CREATE.findall(schema) if name in ROLLUPS}
    for name in ROLLUPS:
        connection.execute(f"DROP TABLE IF EXISTS {NEW}{name}")
        connection.execute(f"CREATE TABLE {NEW}{name} {wanted[name]}")


class SQLiteRebuildSession(SQLiteFoldSession):
    """See `session.RebuildSession`."""

    _prefix = NEW

    def __init__(self, connection: sqlite3.Connection, numbers: Numbers) -> None:
        super().__init__(connection, numbers)
        self._from = self.watermark("rebuild_from")

    @staticmethod
    def begin(connection: sqlite3.Connection, from_day: int | None) -> None:
        """Notes the first day that is made anew, and that another rebuild began."""
        first = -END if from_day is None else from_day
        row = connection.execute("SELECT seq FROM watermark WHERE name = 'rebuilds'").fetchone()
        connection.execute(
            "REPLACE INTO watermark VALUES (?, ?, ?)", ("rebuilds", row[0] + 1 if row else 1, 0)
        )
        connection.execute("REPLACE INTO watermark VALUES (?, ?, ?)", ("rebuild_from", first, 0))

    @contextmanager
    def _served(self) -> Iterator[None]:
        """Looks at the rollups that are served, in the place of those in the making."""
        self._prefix = ""
        try:
            yield
        finally:
            self._prefix = NEW

    def _download_verdicts(self) -> str:
        """Those made anew, and the old ones of downloads before the first day."""
        if not self._prefix:
            return super()._download_verdicts()
        return (
            f"(SELECT seq, coalesce((SELECT made.verdict FROM {NEW}download_verdict AS made"
            " WHERE made.seq = old.seq), old.verdict) AS verdict FROM download_verdict AS old)"
        )

    def _totals_of(self, owner: Owner, ids: Collection[int]) -> dict[int, TotalRow]:
        """Totals in the making; an owner's first one is that of the days before."""
        found = super()._totals_of(owner, ids)
        if self._from != -END:
            found |= {owner_id: self._base(owner, owner_id) for owner_id in ids if owner_id not in found}
        return found

    def _base(self, owner: Owner, owner_id: int) -> TotalRow:
        """The total of the days before the first day made anew."""
        with self._served():
            old = super()._total(owner, owner_id)
            base = add_to_total(None, self._sum(owner, owner_id, self._from))
        if old is None:
            return base
        # A month that replaced days does not know on which of them something was received; the old total does.
        last = old.last_day if old.last_day < self._from else base.last_day
        return base._replace(first_day=old.first_day if old.first_day < self._from else 0, last_day=last)

    def months_of(self, owner: Owner, ids: Collection[int]) -> dict[int, list[MonthRow]]:
        """Month rows by owner: the old ones before the first day, then those made anew."""
        made = super().months_of(owner, ids)
        if not self._prefix:
            return made
        with self._served():
            old = super().months_of(owner, ids)
        found = {
            owner_id: [
                *(row for row in old.get(owner_id, []) if row.sums.day < self._from),
                *made.get(owner_id, []),
            ]
            for owner_id in ids
        }
        return {owner_id: rows for owner_id, rows in found.items() if rows}

    def publish(self) -> None:
        """Puts the made rollups in the place of the old ones; from then on the session works on those."""
        for name in ROLLUPS:
            if self._from == -END:
                self._connection.execute(f"DROP TABLE {name}")
                self._connection.execute(f"ALTER TABLE {NEW}{name} RENAME TO {name}")
            else:
                self._connection.execute(self._outdated(name))
                self._connection.execute(f"INSERT INTO {name} SELECT * FROM {NEW}{name}")
        if self._from != -END:
            for name in ROLLUPS:
                self._connection.execute(f"DROP TABLE {NEW}{name}")
        self._note_done()
        self._prefix, self._from = "", -END

    def _note_done(self) -> None:
        """The rebuild is no longer wanted; only one of everything is what an upgrade asked for."""
        done = ("rebuild_from", "rebuild") if self._from == -END else ("rebuild_from",)
        self._connection.executemany("DELETE FROM watermark WHERE name = ?", [(name,) for name in done])

    def _outdated(self, name: str) -> str:
        """The statement that removes what was made anew. Everybody with a row from the first day on was made anew."""
        if name in VERDICTS:
            return f"DELETE FROM {name} WHERE seq IN (SELECT seq FROM {NEW}{name})"
        owner = name.partition("_")[0]
        owned = f"DELETE FROM {name} WHERE {owner}_id IN (SELECT {owner}_id FROM {NEW}{owner}_total)"
        return owned if name in TOTALS else f"{owned} AND day >= {self._from}"
