"""Reads for receipts and cases on SQLite: sums per beat, words of single listens, what a case changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from backline.listening.store.closes import VerdictChange
from backline.listening.store.rows import Owner
from backline.listening.store.sqlite_close import CHANGE_COLUMNS
from backline.listening.store.sqlite_reads import SQLiteReads
from backline.listening.store.sqlite_rollups import portions


class SQLiteReceipts(SQLiteReads):
    """See `interface.Store`."""

    def beat_received(self, beat_ids: Sequence[int], first: int, last: int) -> dict[int, tuple[int, int]]:
        """Listens received and counted of each beat between two days."""
        found: dict[int, tuple[int, int]] = {}
        for table, start, end in self._pieces(Owner.BEAT, first, last):
            for some, marks in portions(beat_ids):
                for beat_id, received, plays in self._connections.get().execute(
                    f"SELECT beat_id, sum(received), sum(plays) FROM {table} WHERE beat_id IN ({marks})"
                    " AND day BETWEEN ? AND ? GROUP BY beat_id",
                    (*some, start, end),
                ):
                    before = found.get(beat_id, (0, 0))
                    found[beat_id] = (before[0] + int(received), before[1] + int(plays))
        return found

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
