"""The fold's transaction on SQLite: reading the logs, keeping verdicts, numbers and marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from backline.listening.store.closes import JudgedListen, MarkStep
from backline.listening.store.rows import COUNTED, LoggedDownload, LoggedListen, Mark
from backline.listening.store.sqlite_close import CURRENT, IN_SPAN, SQLiteClose
from backline.listening.store.sqlite_months import SQLiteMonths
from backline.listening.store.sqlite_rollups import SQLiteRollups, portions

LISTEN_COLUMNS = ", ".join(f"listen.{name}" for name in LoggedListen._fields)
_DOWNLOAD_COLUMNS = ", ".join(LoggedDownload._fields)


class SQLiteFoldSession(SQLiteRollups, SQLiteClose, SQLiteMonths):
    """See `session.FoldSession`."""

    def watermark(self, name: str) -> int:
        """The last number done of a source."""
        row = self._connection.execute("SELECT seq FROM watermark WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def advance(self, name: str, seq: int, at_ms: int) -> None:
        """Moves a watermark."""
        self._connection.execute("REPLACE INTO watermark VALUES (?, ?, ?)", (name, seq, at_ms))

    def listens(self, after: int, limit: int) -> list[LoggedListen]:
        """Log rows with a higher number."""
        rows = self._connection.execute(
            f"SELECT {LISTEN_COLUMNS} FROM listen WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)
        )
        return [LoggedListen(*row) for row in rows]

    def downloads(self, after: int, limit: int) -> list[LoggedDownload]:
        """Download log rows with a higher number."""
        rows = self._connection.execute(
            f"SELECT {_DOWNLOAD_COLUMNS} FROM download_event WHERE seq > ? ORDER BY seq LIMIT ?",
            (after, limit),
        )
        return [LoggedDownload(*row) for row in rows]

    def marks(self, after: int, limit: int) -> list[tuple[int, Mark]]:
        """Likes and follows that arrived as events."""
        rows = self._connection.execute(
            "SELECT seq, kind, target, account, artists, day FROM mark_event WHERE seq > ? ORDER BY seq LIMIT ?",
            (after, limit),
        )
        return [(row[0], Mark(*row[1:])) for row in rows]

    def mark_steps(self, after: int, limit: int) -> list[tuple[int, MarkStep]]:
        """What changed in likes, follows, licences and sales."""
        rows = self._connection.execute(
            "SELECT no, kind, target, artists, day, step FROM mark_log WHERE no > ? ORDER BY no LIMIT ?",
            (after, limit),
        )
        return [(row[0], MarkStep(*row[1:])) for row in rows]

    def first_of_days(self, from_day: int) -> tuple[int, int]:
        """The lowest numbers of later days; beyond the end when there is none."""
        firsts = []
        for table in ("day_span", "download_span"):
            row = self._connection.execute(
                f"SELECT min(first_seq) FROM {table} WHERE day >= ?", (from_day,)
            ).fetchone()
            firsts.append(1 << 60 if row[0] is None else int(row[0]))
        return firsts[0], firsts[1]

    def counted_listens(self, day: int, before: int) -> Iterator[LoggedListen]:
        """A day's log rows that the rules counted; the day's span keeps the search short."""
        rows = self._connection.execute(
            f"SELECT {LISTEN_COLUMNS} FROM {IN_SPAN} JOIN {self._table('listen_verdict')} AS given"
            " ON given.seq = listen.seq"
            " WHERE day_span.day = ? AND listen.day = ? AND listen.seq < ? AND given.verdict = ?"
            " ORDER BY listen.seq",
            (day, day, before, COUNTED),
        )
        return (LoggedListen(*row) for row in rows)

    def judged(self, day: int) -> Iterator[JudgedListen]:
        """A day's judged log rows with their current verdicts."""
        return self._judged(IN_SPAN, "day_span.day = ? AND listen.day = ?", (day, day))

    def judged_among(self, seqs: Sequence[int]) -> list[JudgedListen]:
        """Log rows by their numbers with their current verdicts."""
        found: list[JudgedListen] = []
        for some, marks in portions(set(seqs)):
            found += self._judged("listen", f"listen.seq IN ({marks})", some)
        return found

    def _judged(self, source: str, where: str, values: tuple[int, ...]) -> Iterator[JudgedListen]:
        rows = self._connection.execute(
            f"SELECT {LISTEN_COLUMNS}, {CURRENT} FROM {source} JOIN {self._table('listen_verdict')} AS given"
            f" ON given.seq = listen.seq WHERE {where} ORDER BY listen.seq",
            values,
        )
        return (JudgedListen(LoggedListen(*row[:-1]), row[-1]) for row in rows)

    def counted_download_times(self, listener: int, beat: int, before: int) -> list[int]:
        """When a listener had counted downloads of a beat."""
        rows = self._connection.execute(
            f"SELECT at_ms FROM download_event JOIN {self._download_verdicts()} AS given USING (seq)"
            " WHERE listener = ? AND beat = ? AND seq < ? AND given.verdict = ?",
            (listener, beat, before, COUNTED),
        )
        return [row[0] for row in rows]

    def _download_verdicts(self) -> str:
        return "download_verdict"

    def record_listens(self, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        """Stores verdicts beside the log."""
        self._record(self._table("listen_verdict"), verdicts, rules)

    def record_downloads(self, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        """Stores verdicts beside the download log."""
        self._record(self._table("download_verdict"), verdicts, rules)

    def _record(self, table: str, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        self._connection.executemany(
            f"REPLACE INTO {table} VALUES (?, ?, ?)", [(seq, code, rules) for seq, code in verdicts]
        )

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

    def add_mark_steps(self, steps: Iterable[MarkStep]) -> None:
        """Appends to the log of likes, follows, licences and sales."""
        self._connection.executemany(
            "INSERT INTO mark_log (kind, target, artists, day, step) VALUES (?, ?, ?, ?, ?)", steps
        )
