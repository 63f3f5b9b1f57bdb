"""Rollups in the making on ClickHouse: tables beside the real ones, whose rows replace theirs as one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import cast

from backline.listening.store.clickhouse_client import ClickHouse
from backline.listening.store.clickhouse_fold import ClickHouseFoldSession
from backline.listening.store.clickhouse_journal import Transaction
from backline.listening.store.closes import MonthRow
from backline.listening.store.numbers import Numbers
from backline.listening.store.rows import Owner, TotalRow
from backline.listening.store.sql_scratch import table_map
from backline.listening.store.sqlite_fold import SQLiteFoldSession
from backline.listening.store.sqlite_rebuild import NEW, ROLLUPS, TOTALS, VERDICTS, SQLiteRebuildSession
from backline.listening.store.sqlite_rollups import END


class ClickHouseRebuildSession(ClickHouseFoldSession, SQLiteRebuildSession):
    """See `session.RebuildSession`."""

    def __init__(self, transaction: Transaction, clickhouse: ClickHouse) -> None:
        ClickHouseFoldSession.__init__(self, transaction, clickhouse)
        self._from = self.watermark("rebuild_from")

    def _reader(self) -> SQLiteFoldSession:
        return SQLiteRebuildSession(cast(sqlite3.Connection, self._clickhouse), Numbers())

    def _base(self, owner: Owner, owner_id: int) -> TotalRow:
        self._scratch.load_among(f"{owner}_total", f"{owner}_id", [owner_id])
        return super()._base(owner, owner_id)

    def months_of(self, owner: Owner, ids: Collection[int]) -> dict[int, list[MonthRow]]:
        """Month rows by owner: the old ones before the first day, then those made anew."""
        self._scratch.load_among(f"{owner}_month", f"{owner}_id", ids)
        return super().months_of(owner, ids)

    def publish(self) -> None:
        """Puts the made rollups in the place of the old ones; from then on the session works on those."""
        self._note_done()
        self._transaction.publish(self._from)
        self._prefix, self._from = "", -END
        self._direct = super()._reader()
        self._take_scratch()


def publish(clickhouse: ClickHouse, no: int, from_day: int) -> None:
    """Replaces rollups by those that were made; to do it again changes nothing."""
    for name in ROLLUPS:
        table = table_map()[name]
        columns = ", ".join(table.names)
        into = f"INSERT INTO {name} ({columns}, _version, _gone) SELECT {columns}"
        outdated = _outdated(name, from_day)
        if outdated:
            key = ", ".join(table.key)
            clickhouse.command(
                f"{into}, {no}, 1 FROM {name} WHERE {outdated} AND ({key}) NOT IN (SELECT {key} FROM {NEW}{name})"
            )
        clickhouse.command(f"{into}, {no}, 0 FROM {NEW}{name}")


def _outdated(name: str, from_day: int) -> str:
    """What was made anew: everybody with a row from the first day on, from that day on."""
    if from_day == -END:
        return "1"
    if name in VERDICTS:
        return ""
    owner = name.partition("_")[0]
    owned = f"{owner}_id IN (SELECT {owner}_id FROM {NEW}{owner}_total)"
    return owned if name in TOTALS else f"{owned} AND day >= {from_day}"
