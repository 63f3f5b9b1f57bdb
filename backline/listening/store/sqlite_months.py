"""Month rows on SQLite, inside a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from backline.listening.store.closes import AccountPlays, MonthRow
from backline.listening.store.merge import is_empty
from backline.listening.store.rows import COUNTED, DayRow, Owner
from backline.listening.store.sqlite_close import CURRENT, IN_SPAN
from backline.listening.store.sqlite_rollups import DAY_COLUMNS, SQLiteTables, portions

MONTH_COLUMNS = f"{DAY_COLUMNS}, ever, top"
_DAY_FIELDS = len(DayRow._fields)
_PLAYS = (
    f"SELECT {{owner}}, listen.listener, count(*) FROM {IN_SPAN} AND listen.day = day_span.day"
    " JOIN {verdicts} AS given ON given.seq = listen.seq {sets}"
    f" WHERE day_span.day BETWEEN ? AND ? AND listen.listener > 0 AND {CURRENT} = {COUNTED}"
    " GROUP BY {owner}, listen.listener ORDER BY {owner}, listen.listener"
)
_OWNER = {Owner.BEAT: "listen.beat", Owner.ARTIST: "credited.artist_id"}
_SETS = {Owner.BEAT: "", Owner.ARTIST: "JOIN artist_in_set AS credited ON credited.set_no = listen.artists"}


def month_row(row: Sequence[object]) -> MonthRow:
    """A row of `MONTH_COLUMNS`."""
    return MonthRow(DayRow(*row[:_DAY_FIELDS]), *row[_DAY_FIELDS:])  # type: ignore[arg-type]


def account_plays(
    connection: sqlite3.Connection, verdicts: str, owner: Owner, first: int, last: int
) -> Iterator[AccountPlays]:
    """Counted plays of accounts by owner and account, in order; one pass over the days' part of the log."""
    sql = _PLAYS.format(owner=_OWNER[owner], sets=_SETS[owner], verdicts=verdicts)
    return (AccountPlays(*row) for row in connection.execute(sql, (first, last)))


class SQLiteMonths(SQLiteTables):
    """See `session.FoldSession`."""

    def owners(self, owner: Owner, first: int, last: int, after: int, limit: int) -> list[int]:
        """Ids of owners that may have day rows; likes alone leave no first day in a total."""
        rows = self._connection.execute(
            f"SELECT {owner}_id FROM {self._table(owner)}_total WHERE {owner}_id > ?"
            " AND (first_day = 0 OR (first_day <= ? AND last_day >= ?)"
            " OR likes > 0 OR follows > 0 OR licences > 0 OR sales > 0)"
            f" ORDER BY {owner}_id LIMIT ?",
            (after, last, first, limit),
        )
        return [row[0] for row in rows]

    def account_plays(self, owner: Owner, first: int, last: int) -> Iterable[AccountPlays]:
        """Counted plays of accounts between two days."""
        return account_plays(self._connection, self._table("listen_verdict"), owner, first, last)

    def put_months(self, owner: Owner, rows: Mapping[int, MonthRow]) -> None:
        """Replaces month rows; an empty one is removed."""
        table = f"{self._table(owner)}_month"
        kept = [
            (owner_id, *row.sums, row.ever, row.top)
            for owner_id, row in rows.items()
            if not is_empty(row.sums)
        ]
        gone = [(owner_id, row.sums.day) for owner_id, row in rows.items() if is_empty(row.sums)]
        self._put(table, f"{owner}_id, {MONTH_COLUMNS}", kept)
        self._connection.executemany(f"DELETE FROM {table} WHERE {owner}_id = ? AND day = ?", gone)

    def months_of(self, owner: Owner, ids: Collection[int]) -> dict[int, list[MonthRow]]:
        """All month rows by owner, in order."""
        found: dict[int, list[MonthRow]] = {}
        for some, marks in portions(ids):
            for owner_id, *row in self._connection.execute(
                f"SELECT {owner}_id, {MONTH_COLUMNS} FROM {self._table(owner)}_month"
                f" WHERE {owner}_id IN ({marks}) ORDER BY {owner}_id, day",
                some,
            ):
                found.setdefault(owner_id, []).append(month_row(row))
        return found

    def remove_beat_days(self, ids: Sequence[int], first: int, last: int) -> None:
        """Removes day rows whose months stand for them."""
        for some, marks in portions(ids):
            self._connection.execute(
                f"DELETE FROM {self._table('beat_day')} WHERE beat_id IN ({marks}) AND day BETWEEN ? AND ?",
                (*some, first, last),
            )
