"""Taking away whose a number is on ClickHouse: each table's parts are written anew without it."""

from __future__ import annotations

from collections.abc import Mapping

from backline.listening.store.clickhouse_client import ClickHouse
from backline.listening.store.clickhouse_journal import Journal
from backline.listening.store.clickhouse_sql import literal
from backline.listening.store.rows import GONE_KEY


def unlink(clickhouse: ClickHouse, journal: Journal, numbers: Mapping[str, int]) -> None:
    """See `sqlite_accounts.unlink`. To do any of it again changes nothing; older versions of rows go along."""
    journal.forget(journal.apply())
    some = ", ".join(str(int(no)) for no in numbers.values())
    keys = ", ".join(map(literal, numbers))
    for table, change in (
        ("address_account", f"DELETE WHERE account IN ({some})"),
        ("mark", f"DELETE WHERE account IN ({some})"),
        ("download_event", f"UPDATE licence_url = '' WHERE listener IN ({some}) AND licence_url <> ''"),
        ("account", f"UPDATE key = concat('{GONE_KEY}', toString(no)) WHERE key IN ({keys})"),
    ):
        clickhouse.command(f"ALTER TABLE {clickhouse.on(table)} {change} SETTINGS mutations_sync = 2")
