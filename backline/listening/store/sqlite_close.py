"""Changes of verdicts and the close of days on SQLite, inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backline.listening.store.closes import ClosedDay, Seal, VerdictChange
from backline.listening.store.finals import LOG_FIELDS, OpenListen
from backline.listening.store.sqlite_append import OPEN_COLUMNS, log_listen
from backline.listening.store.sqlite_rollups import SQLiteTables

# The verdict a listen has now: that of its newest change, else what the rules gave.
CURRENT = (
    "coalesce((SELECT change.verdict FROM verdict_change AS change WHERE change.seq = listen.seq"
    " ORDER BY change.no DESC LIMIT 1), given.verdict)"
)
# A day's part of the log, with rows of the days beside it.
IN_SPAN = "day_span JOIN listen ON listen.seq BETWEEN day_span.first_seq AND day_span.last_seq"
CHANGE_COLUMNS = ", ".join(VerdictChange._fields)
KEYED_TABLES = ("visitor", "address", "network", "address_account", "day_salt")


class SQLiteClose(SQLiteTables):
    """See `session.FoldSession`."""

    destroyed = False
    """Whether keys were destroyed: what the journal still holds of them must go as well."""

    def changed(self, first: int, last: int) -> dict[int, int]:
        """The current verdict code of every changed listen in a range of numbers; the newest comes last and stays."""
        rows = self._connection.execute(
            "SELECT seq, verdict FROM verdict_change WHERE seq BETWEEN ? AND ? ORDER BY seq, no",
            (first, last),
        )
        return dict(rows.fetchall())

    def last_change(self) -> int:
        """The number of the newest change."""
        return int(self._connection.execute("SELECT coalesce(max(no), 0) FROM verdict_change").fetchone()[0])

    def changes(self, after: int) -> list[VerdictChange]:
        """Changes with a higher number."""
        rows = self._connection.execute(
            f"SELECT {CHANGE_COLUMNS} FROM verdict_change WHERE no > ? ORDER BY no", (after,)
        )
        return [VerdictChange(*row) for row in rows]

    def add_changes(self, changes: Sequence[VerdictChange]) -> None:
        """Appends changes, numbered here."""
        first = self.last_change() + 1
        self._connection.executemany(
            f"INSERT INTO verdict_change ({CHANGE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [change._replace(no=no) for no, change in enumerate(changes, start=first)],
        )

    def end_open(self, day: int, now_ms: int) -> int:
        """Makes open listens of that and earlier days final."""
        rows = self._connection.execute(
            f"SELECT {OPEN_COLUMNS} FROM open_listen WHERE day <= ? ORDER BY last_ms", (day,)
        ).fetchall()
        for row in rows:
            log_listen(self._connection, OpenListen(*row), now_ms)
        return len(rows)

    def is_folded(self, day: int) -> bool:
        """Whether the logs hold nothing of those days above the watermarks."""
        return not any(
            self._connection.execute(
                f"SELECT 1 FROM {log} WHERE day <= ? AND seq > coalesce("
                f"(SELECT seq FROM watermark WHERE name = '{name}'), 0) LIMIT 1",
                (day,),
            ).fetchone()
            for log, name in (("listen", "listen"), ("download_event", "download"))
        )

    def days_to_close(self) -> tuple[int, int] | None:
        """The first day in the logs, and the last closed one."""
        row = self._connection.execute(
            "SELECT min(day), (SELECT coalesce(max(day), 0) FROM day_closed)"
            " FROM (SELECT min(day) AS day FROM day_span UNION ALL SELECT min(day) FROM download_span) AS spans"
        ).fetchone()
        return None if row[0] is None else (int(row[0]), int(row[1]))

    def destroy_keys(self, day: int) -> None:
        """Overwrites and removes salts and dictionaries."""
        self.destroyed = True
        self._overwrite(True)
        for table in KEYED_TABLES:
            self._connection.execute(f"DELETE FROM {table} WHERE day <= ?", (day,))
        self._overwrite(False)

    def _overwrite(self, wanted: bool) -> None:
        """Whether SQLite writes zeros over what is deleted."""
        self._connection.execute(f"PRAGMA secure_delete={int(wanted)}")

    def record_close(self, closed: ClosedDay) -> None:
        """Says that a day is closed."""
        self._connection.execute("INSERT INTO day_closed VALUES (?, ?, ?, ?, ?, ?)", closed)

    def record_seal(self, seal: Seal) -> None:
        """Keeps what is known of a month's file."""
        self._put("sealed_month", ", ".join(Seal._fields), [seal])

    def drop_log(self, first: int, last: int, limit: int) -> int:
        """Removes log rows; numbers go on from the last row, so it stays."""
        return self._connection.execute(
            f"DELETE FROM listen WHERE seq IN (SELECT listen.seq FROM {IN_SPAN}"
            " WHERE day_span.day BETWEEN ? AND ? AND listen.day = day_span.day"
            " AND listen.seq < (SELECT max(newest.seq) FROM listen AS newest) LIMIT ?)",
            (first, last, limit),
        ).rowcount

    def restore_log(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Puts log rows back."""
        marks = ", ".join("?" * len(LOG_FIELDS))
        self._connection.executemany(
            f"INSERT OR IGNORE INTO listen ({', '.join(LOG_FIELDS)}) VALUES ({marks})", rows
        )
