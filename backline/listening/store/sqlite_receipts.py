"""Reads for receipts and cases on SQLite: words of single listens, what a case changed."""

from __future__ import annotations

from collections.abc import Collection

from backline.listening.store.closes import VerdictChange
from backline.listening.store.sqlite_close import CHANGE_COLUMNS
from backline.listening.store.sqlite_reads import SQLiteReads
from backline.listening.store.sqlite_rollups import portions


class SQLiteReceipts(SQLiteReads):
    """See `interface.Store`."""

    def term_texts(self, numbers: Collection[int]) -> dict[int, str]:
        """What these numbers of terms stand for."""
        found: dict[int, str] = {}
        for some, marks in portions(numbers):
            found.update(
                self._connections.get().execute(f"SELECT no, text FROM term WHERE no IN ({marks})", some)
            )
        return found

    def changes_of_case(self, case_id: int) -> list[VerdictChange]:
        """What a case changed, in order."""
        rows = self._connections.get().execute(
            f"SELECT {CHANGE_COLUMNS} FROM verdict_change WHERE case_id = ? ORDER BY no", (case_id,)
        )
        return [VerdictChange(*row) for row in rows]
