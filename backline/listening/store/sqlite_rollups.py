"""The rollups on SQLite, inside a transaction: day rows, totals, seconds. `_prefix` names those in the making."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from backline.listening.store.merge import Sum, add_steps, add_to_day, add_to_total, is_empty
from backline.listening.store.numbers import Numbers
from backline.listening.store.packed import pack_steps, unpack_steps
from backline.listening.store.rows import DayRow, Owner, TotalRow
from backline.listening.store.tally import Tally

DAY_COLUMNS = ", ".join(DayRow._fields)
TOTAL_COLUMNS = ", ".join(TotalRow._fields)
IDS_PER_STATEMENT = 500
END = 1 << 40
WEEK = 7
Key = TypeVar("Key", int, str)


class SQLiteTables:
    """A connection inside its transaction."""

    _prefix = ""

    def __init__(self, connection: sqlite3.Connection, numbers: Numbers) -> None:
        self._connection = connection
        self._numbers = numbers

    def _table(self, name: str) -> str:
        return f"{self._prefix}{name}"

    def _put(self, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"REPLACE INTO {table} ({columns}) VALUES ({marks})", rows)


class SQLiteRollups(SQLiteTables):
    """Writing day rows, totals and seconds."""

    def add(self, tallies: Mapping[tuple[Owner, int, int], Tally]) -> None:
        """Adds tallies to day rows, totals and seconds."""
        for owner in Owner:
            rows: dict[tuple[int, int], DayRow] = {}
            parts: dict[int, list[tuple[int, Tally, int]]] = {}
            # In the order of the keys, so that neighbours on disk are written together.
            keys = sorted(key[1:] for key in tallies if key[0] is owner)
            held = self._held(owner, keys)
            for owner_id, day in keys:
                tally = tallies[owner, owner_id, day]
                old = held.get((owner_id, day))
                new = rows[owner_id, day] = add_to_day(old, day, tally)
                visits = new.visits - (old.visits if old else 0)
                parts.setdefault(owner_id, []).append((day, tally, visits))
            self.put_days(owner, rows)
            self._add_totals(owner, {owner_id: Sum.of(some) for owner_id, some in parts.items()})
        self._add_seconds({key[1:]: tally.seconds for key, tally in sorted(tallies.items()) if tally.seconds})

    def _held(self, owner: Owner, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], DayRow]:
        """The rows there are of these owners and days, and some of days beside them: a portion's are neighbours."""
        weeks: dict[int, set[int]] = {}
        for owner_id, day in keys:
            weeks.setdefault(day // WEEK, set()).add(owner_id)
        return {
            (owner_id, row.day): row
            for week, ids in weeks.items()
            for owner_id, rows in self._read_days(owner, ids, week * WEEK, week * WEEK + WEEK - 1).items()
            for row in rows
        }

    def put_days(self, owner: Owner, rows: Mapping[tuple[int, int], DayRow]) -> None:
        """Replaces day rows; an empty one is removed."""
        table = f"{self._table(owner)}_day"
        kept = [(owner_id, *row) for (owner_id, _), row in rows.items() if not is_empty(row)]
        gone = [key for key, row in rows.items() if is_empty(row)]
        self._put(table, f"{owner}_id, {DAY_COLUMNS}", kept)
        self._connection.executemany(f"DELETE FROM {table} WHERE {owner}_id = ? AND day = ?", gone)

    def days_of(self, owner: Owner, ids: Collection[int], first: int, last: int) -> dict[int, list[DayRow]]:
        """Day rows by owner, in order."""
        return self._read_days(owner, ids, first, last)

    def _read_days(
        self, owner: Owner, ids: Collection[int], first: int, last: int
    ) -> dict[int, list[DayRow]]:
        found: dict[int, list[DayRow]] = {}
        for some, marks in portions(ids):
            for owner_id, *row in self._connection.execute(
                f"SELECT {owner}_id, {DAY_COLUMNS} FROM {self._table(owner)}_day WHERE {owner}_id IN ({marks})"
                f" AND day BETWEEN ? AND ? ORDER BY {owner}_id, day",
                (*some, first, last),
            ):
                found.setdefault(owner_id, []).append(DayRow(*row))
        return found

    def recount(self, owner: Owner, ids: Iterable[int]) -> None:
        """Computes totals anew from the day rows and the months that replaced days."""
        for owner_id in ids:
            old = self._total(owner, owner_id)
            new = add_to_total(None, self._sum(owner, owner_id, END))
            # What was received stays, so its first and last day do; a month does not know them.
            kept = new._replace(first_day=old.first_day, last_day=old.last_day) if old else new
            self._put_totals(owner, {owner_id: kept})

    def _sum(self, owner: Owner, owner_id: int, before: int) -> Sum:
        """All of an owner's days before a day, with months in the place of days that were merged."""
        total = Sum()
        horizon = self._horizon() if owner is Owner.BEAT else -END
        for table, first, end in (("month", -END, horizon), ("day", horizon, END)):
            for row in self._connection.execute(
                f"SELECT {DAY_COLUMNS} FROM {self._table(owner)}_{table}"
                f" WHERE {owner}_id = ? AND day >= ? AND day < ? ORDER BY day",
                (owner_id, first, min(end, before)),
            ):
                total.add_row(DayRow(*row))
        return total

    def _horizon(self) -> int:
        row = self._connection.execute("SELECT seq FROM watermark WHERE name = 'beat_days'").fetchone()
        return int(row[0]) if row else -END

    def _add_totals(self, owner: Owner, sums: Mapping[int, Sum]) -> None:
        held = self._totals_of(owner, sums.keys())
        self._put_totals(
            owner, {owner_id: add_to_total(held.get(owner_id), added) for owner_id, added in sums.items()}
        )

    def _totals_of(self, owner: Owner, ids: Collection[int]) -> dict[int, TotalRow]:
        return {
            owner_id: TotalRow(*row)
            for some, marks in portions(ids)
            for owner_id, *row in self._connection.execute(
                f"SELECT {owner}_id, {TOTAL_COLUMNS} FROM {self._table(owner)}_total WHERE {owner}_id IN ({marks})",
                some,
            )
        }

    def _total(self, owner: Owner, owner_id: int) -> TotalRow | None:
        row = self._connection.execute(
            f"SELECT {TOTAL_COLUMNS} FROM {self._table(owner)}_total WHERE {owner}_id = ?", (owner_id,)
        ).fetchone()
        return TotalRow(*row) if row else None

    def _put_totals(self, owner: Owner, rows: Mapping[int, TotalRow]) -> None:
        table = f"{self._table(owner)}_total"
        kept = [(owner_id, *row) for owner_id, row in rows.items() if not is_empty(row)]
        gone = [(owner_id,) for owner_id, row in rows.items() if is_empty(row)]
        self._put(table, f"{owner}_id, {TOTAL_COLUMNS}", kept)
        self._connection.executemany(f"DELETE FROM {table} WHERE {owner}_id = ?", gone)

    def add_minutes(self, plays: Mapping[tuple[int, int], int], oldest: int) -> None:
        """Adds plays by artist and minute."""
        self._connection.execute("DELETE FROM artist_minute WHERE minute < ?", (oldest,))
        self._connection.executemany(
            "INSERT INTO artist_minute VALUES (?, ?, ?) ON CONFLICT (artist_id, minute)"
            " DO UPDATE SET plays = artist_minute.plays + excluded.plays",
            [(artist, minute, count) for (artist, minute), count in plays.items()],
        )

    def list_downloads(self, rows: Sequence[tuple[int, int, int, int]]) -> None:
        """Adds counted downloads to the artists' lists."""
        self._put(self._table("artist_download"), "artist_id, at_ms, seq, day", rows)

    def _add_seconds(self, steps: Mapping[tuple[int, int], Mapping[int, int]]) -> None:
        rows = []
        for (beat, day), more in steps.items():
            row = self._connection.execute(
                f"SELECT seconds FROM {self._table('beat_second')} WHERE beat_id = ? AND day = ?", (beat, day)
            ).fetchone()
            rows.append((beat, day, add_steps(row[0] if row else b"", more)))
        self._put(self._table("beat_second"), "beat_id, day, seconds", rows)

    def put_seconds(self, rows: Mapping[tuple[int, int], Mapping[int, int]]) -> None:
        """Replaces steps by second; empty ones are removed."""
        packed = [(beat, day, pack_steps(steps)) for (beat, day), steps in rows.items()]
        table = self._table("beat_second")
        self._put(table, "beat_id, day, seconds", [row for row in packed if row[2]])
        gone = [row[:2] for row in packed if not row[2]]
        self._connection.executemany(f"DELETE FROM {table} WHERE beat_id = ? AND day = ?", gone)

    def seconds_of(self, ids: Sequence[int], first: int, last: int) -> dict[int, dict[int, dict[int, int]]]:
        """Steps by beat, day and second."""
        found: dict[int, dict[int, dict[int, int]]] = {}
        for some, marks in portions(ids):
            for beat, day, packed in self._connection.execute(
                f"SELECT beat_id, day, seconds FROM {self._table('beat_second')} WHERE beat_id IN ({marks})"
                " AND day BETWEEN ? AND ?",
                (*some, first, last),
            ):
                found.setdefault(beat, {})[day] = unpack_steps(packed)
        return found


def portions(ids: Collection[Key]) -> Iterator[tuple[tuple[Key, ...], str]]:
    """The ids or keys in portions that fit one statement, each with its question marks."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), IDS_PER_STATEMENT):
        some = tuple(ordered[start : start + IDS_PER_STATEMENT])
        yield some, ", ".join("?" * len(some))
