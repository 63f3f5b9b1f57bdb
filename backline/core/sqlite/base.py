"""Django's SQLite backend whose writers take turns (`core.turns`) instead of sleeping until they are lucky."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from django.db.backends.sqlite3 import base

from backline.core.turns import Turns

WRITES = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "REPLACE")
"""How statements begin that need the file's write lock when no transaction has it already."""


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that waits for its turn before it writes. `queue` answers the thread's place, if there is one."""

    queue: Callable[[], Turns | None]
    wait_ms = 0

    def execute(self, query: str, params: Any = None) -> Any:
        """As Django's; a writer of its own first waits for its turn."""
        if self.connection.in_transaction or not query.lstrip().startswith(WRITES):
            return super().execute(query, params)
        turns, run = self.queue(), super().execute
        if turns is None:
            return run(query, params)
        return turns.take(self.connection, lambda: run(query, params), wait_ms=self.wait_ms)


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's connection, with its place in the queue of writers."""

    _turns: Turns | None = None

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor that knows the queue."""
        cursor = cast(Cursor, self.connection.cursor(factory=Cursor))
        cursor.queue = self._queue
        cursor.wait_ms = int(self.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
        return cursor

    def _queue(self) -> Turns | None:
        """None for a database in memory, and where no file can be made: SQLite's own waiting is left then."""
        if self._turns is None and not self.is_in_memory_db():
            try:
                self._turns = Turns(Path(self.settings_dict["NAME"]))
            except OSError:
                return None
        return self._turns
