"""The fold's transaction on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from backline.domain.verdicts import Verdict
from backline.listening.store.merge import Sum, add_to_day, add_to_total, is_empty
from backline.listening.store.numbers import Numbers
from backline.listening.store.rows import (
    CODES,
    DayRow,
    LoggedDownload,
    LoggedListen,
    Mark,
    Owner,
    TotalRow,
)
from backline.listening.store.tally import Tally

COUNTED = CODES[Verdict.COUNTED]
DAY_COLUMNS = ", ".join(DayRow._fields)
TOTAL_COLUMNS = ", ".join(TotalRow._fields)
_LISTEN_COLUMNS = ", ".join(f"listen.{name}" for name in LoggedListen._fields)
_DOWNLOAD_COLUMNS = ", ".join(LoggedDownload._fields)
_PUT_DAY = "REPLACE INTO {owner}_day ({owner}_id, {columns}) VALUES (?{marks})"
_PUT_TOTAL = "REPLACE INTO {owner}_total ({owner}_id, {columns}) VALUES (?{marks})"


class SQLiteFoldSession:
    """See `interface.FoldSession`."""

    def __init__(self, connection: sqlite3.Connection, numbers: Numbers) -> None:
        self._connection = connection
        self._numbers = numbers

    def watermark(self, name: str) -> int:
        """The last number folded of a source."""
        row = self._connection.execute("SELECT seq FROM watermark WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def advance(self, name: str, seq: int, at_ms: int) -> None:
        """Moves a watermark."""
        self._connection.execute("REPLACE INTO watermark VALUES (?, ?, ?)", (name, seq, at_ms))

    def listens(self, after: int, limit: int) -> list[LoggedListen]:
        """Log rows with a higher number."""
        rows = self._connection.execute(
            f"SELECT {_LISTEN_COLUMNS} FROM listen WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)
        )
        return [LoggedListen(*row) for row in rows]

    def counted_listens(self, day: int, before: int) -> Iterable[LoggedListen]:
        """A day's counted log rows; the day's span keeps the search short."""
        rows = self._connection.execute(
            f"SELECT {_LISTEN_COLUMNS} FROM day_span JOIN listen ON listen.seq BETWEEN first_seq AND"
            " min(last_seq, ? - 1) JOIN listen_verdict AS given ON given.seq = listen.seq"
            " WHERE day_span.day = ? AND listen.day = ? AND given.verdict = ? ORDER BY listen.seq",
            (before, day, day, COUNTED),
        )
        return (LoggedListen(*row) for row in rows)

    def downloads(self, after: int, limit: int) -> list[LoggedDownload]:
        """Download log rows with a higher number."""
        rows = self._connection.execute(
            f"SELECT {_DOWNLOAD_COLUMNS} FROM download_event WHERE seq > ? ORDER BY seq LIMIT ?",
            (after, limit),
        )
        return [LoggedDownload(*row) for row in rows]

    def counted_download_times(self, listener: int, beat: int, before: int) -> list[int]:
        """When a listener had counted downloads of a beat."""
        rows = self._connection.execute(
            "SELECT at_ms FROM download_event JOIN download_verdict USING (seq)"
            " WHERE listener = ? AND beat = ? AND seq < ? AND verdict = ?",
            (listener, beat, before, COUNTED),
        )
        return [row[0] for row in rows]

    def marks(self, after: int, limit: int) -> list[tuple[int, Mark]]:
        """Likes and follows that arrived as events."""
        rows = self._connection.execute(
            "SELECT seq, kind, target, account, artists, day FROM mark_event WHERE seq > ? ORDER BY seq LIMIT ?",
            (after, limit),
        )
        return [(row[0], Mark(*row[1:])) for row in rows]

    def number_of_account(self, key: str) -> int:
        """The dense number of an account key."""
        return self._numbers.account(self._connection, key)

    def number_of_artists(self, artists: tuple[int, ...]) -> int:
        """The number of a set of artists."""
        return self._numbers.artists(self._connection, artists)

    def artists_of(self, set_no: int) -> tuple[int, ...]:
        """The artists in a set."""
        return self._numbers.artists_of(self._connection, set_no)

    def set_mark(self, mark: Mark) -> Mark | None:
        """Keeps or removes a like or follow."""
        key = (mark.kind, mark.target, mark.account)
        if mark.given:
            added = self._connection.execute(
                "INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?, ?)", (*key, mark.artists, mark.day)
            ).rowcount
            return mark if added else None
        row = self._connection.execute(
            "DELETE FROM mark WHERE kind = ? AND target = ? AND account = ? RETURNING artists, day", key
        ).fetchone()
        return mark._replace(artists=row[0], day=row[1]) if row else None

    def marks_from(self, day: int) -> list[Mark]:
        """The likes and follows that hold."""
        rows = self._connection.execute(
            "SELECT kind, target, account, artists, day FROM mark WHERE day >= ?", (day,)
        )
        return [Mark(*row) for row in rows]

    def record_listens(self, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        """Stores verdicts beside the log."""
        self._record("listen_verdict", verdicts, rules)

    def record_downloads(self, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        """Stores verdicts beside the download log."""
        self._record("download_verdict", verdicts, rules)

    def _record(self, table: str, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        self._connection.executemany(
            f"REPLACE INTO {table} VALUES (?, ?, ?)", [(seq, code, rules) for seq, code in verdicts]
        )

    def list_downloads(self, rows: Sequence[tuple[int, int, int, int]]) -> None:
        """Adds counted downloads to the artists' lists."""
        self._connection.executemany("REPLACE INTO artist_download VALUES (?, ?, ?, ?)", rows)

    def add(self, tallies: Mapping[tuple[Owner, int, int], Tally]) -> None:
        """Adds tallies to day rows and totals."""
        for owner in Owner:
            rows: dict[tuple[int, int], DayRow] = {}
            sums: dict[int, Sum] = {}
            for (kind, owner_id, day), tally in tallies.items():
                if kind is owner:
                    old = self._day(owner, owner_id, day)
                    new = rows[owner_id, day] = add_to_day(old, day, tally)
                    visits = new.visits - (old.visits if old else 0)
                    sums.setdefault(owner_id, Sum()).add_tally(day, tally, visits)
            self._put_days(owner, rows)
            self._put_totals(owner, sums)

    def _day(self, owner: Owner, owner_id: int, day: int) -> DayRow | None:
        row = self._connection.execute(
            f"SELECT {DAY_COLUMNS} FROM {owner}_day WHERE {owner}_id = ? AND day = ?", (owner_id, day)
        ).fetchone()
        return DayRow(*row) if row else None

    def _put_days(self, owner: Owner, rows: Mapping[tuple[int, int], DayRow]) -> None:
        kept = sorted((owner_id, *row) for (owner_id, _), row in rows.items() if not is_empty(row))
        gone = [key for key, row in rows.items() if is_empty(row)]
        marks = ", ?" * len(DayRow._fields)
        self._connection.executemany(_PUT_DAY.format(owner=owner, columns=DAY_COLUMNS, marks=marks), kept)
        self._connection.executemany(f"DELETE FROM {owner}_day WHERE {owner}_id = ? AND day = ?", gone)

    def _put_totals(self, owner: Owner, sums: Mapping[int, Sum]) -> None:
        rows: dict[int, TotalRow] = {}
        for owner_id, added in sums.items():
            row = self._connection.execute(
                f"SELECT {TOTAL_COLUMNS} FROM {owner}_total WHERE {owner}_id = ?", (owner_id,)
            ).fetchone()
            rows[owner_id] = add_to_total(TotalRow(*row) if row else None, added)
        kept = [(owner_id, *row) for owner_id, row in rows.items() if not is_empty(row)]
        gone = [(owner_id,) for owner_id, row in rows.items() if is_empty(row)]
        marks = ", ?" * len(TotalRow._fields)
        self._connection.executemany(_PUT_TOTAL.format(owner=owner, columns=TOTAL_COLUMNS, marks=marks), kept)
        self._connection.executemany(f"DELETE FROM {owner}_total WHERE {owner}_id = ?", gone)

    def add_minutes(self, plays: Mapping[tuple[int, int], int], oldest: int) -> None:
        """Adds plays by artist and minute."""
        self._connection.execute("DELETE FROM artist_minute WHERE minute < ?", (oldest,))
        self._connection.executemany(
            "INSERT INTO artist_minute VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET plays = plays + excluded.plays",
            [(artist, minute, count) for (artist, minute), count in plays.items()],
        )

    def clear_days(self, from_day: int) -> None:
        """Removes rollups and verdicts of later days."""
        for table in ("artist_day", "beat_day", "artist_download"):
            self._connection.execute(f"DELETE FROM {table} WHERE day >= ?", (from_day,))
        for verdicts, log in (("listen_verdict", "listen"), ("download_verdict", "download_event")):
            self._connection.execute(
                f"DELETE FROM {verdicts} WHERE seq IN (SELECT seq FROM {log} WHERE day >= ?)", (from_day,)
            )

    def first_of_days(self, from_day: int) -> tuple[int, int]:
        """The lowest numbers of later days; beyond the end when there is none."""
        firsts = []
        for table in ("day_span", "download_span"):
            row = self._connection.execute(
                f"SELECT min(first_seq) FROM {table} WHERE day >= ?", (from_day,)
            ).fetchone()
            firsts.append(1 << 60 if row[0] is None else int(row[0]))
        return firsts[0], firsts[1]

    def last_of_day(self, day: int) -> int:
        """The highest listen number of a day."""
        row = self._connection.execute("SELECT last_seq FROM day_span WHERE day = ?", (day,)).fetchone()
        return int(row[0]) if row else 0

    def recount_totals(self) -> None:
        """Computes every total from the day rows, one owner at a time."""
        for owner in Owner:
            self._connection.execute(f"DELETE FROM {owner}_total")
            ids = self._connection.execute(f"SELECT DISTINCT {owner}_id FROM {owner}_day").fetchall()
            for (owner_id,) in ids:
                total = Sum()
                for row in self._connection.execute(
                    f"SELECT {DAY_COLUMNS} FROM {owner}_day WHERE {owner}_id = ? ORDER BY day", (owner_id,)
                ):
                    total.add_row(DayRow(*row))
                self._put_totals(owner, {owner_id: total})
