"""Transactions on ClickHouse, which has none: a journal of what is to be written, one numbered row each.

A transaction is the insert of its journal row. ClickHouse keeps only the first insert for a number, so of two that
were prepared on the same state one loses and is made anew, unless they have nothing to do with each other. What the
journal holds is then written to the tables, by whoever comes first; to do it again changes nothing, since rows carry
the number.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from uuid import uuid4

from backline.listening.store.clickhouse_client import ClickHouse
from backline.listening.store.interface import StoreBusyError
from backline.listening.store.sql_scratch import Changes, Scratch, collide, table_map, units_of
from backline.listening.store.sqlite_rebuild import ROLLUPS

APPLIED = "everything"
TRIES = 50
PUBLISH = "publish"


class Transaction:
    """Work on a scratch. `base` is the number of the last transaction that it can see."""

    def __init__(self, journal: Journal, clickhouse: ClickHouse, *, shadows: bool) -> None:
        self._journal = journal
        self._clickhouse = clickhouse
        self._shadows = shadows
        self._begin()

    def _begin(self) -> None:
        self.base = self._journal.apply()
        self.scratch = Scratch(self._clickhouse, shadows=self._shadows)

    def write(self) -> None:
        """Writes what was changed."""
        changes = self.scratch.changes()
        if changes:
            looked_at = self.scratch.units | units_of(changes, table_map())
            self.base = self._journal.commit(self.base, changes, looked_at)

    def publish(self, from_day: int) -> None:
        """Writes what was changed, then puts the rollups in the making in the place of the old ones.

        The work goes on with a new scratch.
        """
        looked_at = {*self.scratch.units, *ROLLUPS}
        self.write()
        self._journal.commit(self.base, {}, looked_at, publish=from_day)
        self.scratch.close()
        self._begin()


class Journal:
    """The journal of one database."""

    def __init__(self, clickhouse: ClickHouse, publish: Callable[[int, int], None]) -> None:
        self._clickhouse = clickhouse
        self._publish = publish

    @contextmanager
    def transaction(self, *, shadows: bool = False) -> Iterator[Transaction]:
        """A transaction; what its scratch holds is written at the end.

        Raises:
            StoreBusyError: somebody else changed what this transaction looked at; nothing was written.
        """
        transaction = Transaction(self, self._clickhouse, shadows=shadows)
        try:
            yield transaction
            transaction.write()
        finally:
            transaction.scratch.close()

    def commit(
        self, base: int, changes: Changes, looked_at: Collection[str], publish: int | None = None
    ) -> int:
        """Writes changes that were prepared on the state of `base`; answers the transaction's number."""
        tables = {name: [[_pack(value) for value in row] for row in rows] for name, rows in changes.items()}
        text = json.dumps(tables if publish is None else {PUBLISH: publish})
        units = sorted(units_of(changes, table_map())) or sorted(looked_at)
        token = uuid4().hex
        for _ in range(TRIES):
            no = self._next(base, looked_at)
            row = (no, token, units, text)
            self._clickhouse.insert(
                "journal", ("no", "token", "units", "changes"), [row], token=f"journal-{no}"
            )
            kept = self._clickhouse.execute("SELECT token FROM journal WHERE no = ?", (no,)).fetchone()
            if kept is not None and kept[0] == token:
                self.apply()
                return no
        raise StoreBusyError("others were always quicker")

    def apply(self) -> int:
        """Writes what the journal holds and the tables may lack; answers the number of the last transaction."""
        last = self._applied()
        rows = self._clickhouse.execute(
            "SELECT no, changes FROM journal WHERE no > ? ORDER BY no", (last,)
        ).fetchall()
        for no, text in rows:
            changes = json.loads(text)
            if PUBLISH in changes:
                self._publish(no, changes[PUBLISH])
            else:
                self._write(no, changes)
            last = no
        if rows:
            self._clickhouse.insert("applied", ("name", "no"), [(APPLIED, last)])
        return last

    def forget(self, up_to: int) -> None:
        """Drops what the journal holds of applied transactions: keys that were destroyed must not be read there."""
        target = self._clickhouse.on("journal")
        self._clickhouse.command(
            f"ALTER TABLE {target} DELETE WHERE no <= {up_to} SETTINGS mutations_sync = 2"
        )

    def _applied(self) -> int:
        row = self._clickhouse.execute("SELECT max(no) FROM applied").fetchone()
        return int(row[0] or 0)

    def _next(self, base: int, looked_at: Collection[str]) -> int:
        """The number after the last one.

        Raises:
            StoreBusyError: a transaction after `base` has to do with this one.
        """
        rows = self._clickhouse.execute(
            "SELECT no, units FROM journal WHERE no > ? ORDER BY no", (base,)
        ).fetchall()
        last = max(rows[-1][0] if rows else 0, self._applied())
        if [no for no, _ in rows] != list(range(base + 1, last + 1)):
            raise StoreBusyError("what was written meanwhile is no longer known")
        for _, units in rows:
            if collide([unit.decode() if isinstance(unit, bytes) else unit for unit in units], looked_at):
                raise StoreBusyError("somebody else wrote the same at the same time")
        return last + 1

    def _write(self, no: int, changes: dict[str, list[list[object]]]) -> None:
        for name, rows in changes.items():
            table = table_map()[name]
            places = [place for place, column in enumerate(table.columns) if column.kind == "BLOB"]
            for row in rows:
                for place in places:
                    row[place] = base64.b64decode(str(row[place]))
                row.insert(-1, no)
            self._clickhouse.insert(name, (*table.names, "_version", "_gone"), rows)


def _pack(value: object) -> object:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
