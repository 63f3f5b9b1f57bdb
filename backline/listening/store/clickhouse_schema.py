"""The store's tables on ClickHouse: each row carries the number of the transaction that wrote it, the highest holds.

`_version` is that number, `_gone` says that the row was deleted. Reads ask for the final rows (setting `final`).
"""

from __future__ import annotations

from backline.listening.store.sql_scratch import table_map
from backline.listening.store.sql_tables import Column, Table
from backline.listening.store.sqlite_close import KEYED_TABLES
from backline.listening.store.sqlite_rebuild import NEW

# By the month of their day; what must be forgotten by day is a partition that can be dropped.
_BY_MONTH = "toYYYYMM(toDate32(day))"
_BY_DAY = {"event_id", *KEYED_TABLES}
# The key says who is replaced by whom; reads by listener come first where the number alone would not find them.
_ORDER = {"download_event": ("listener", "beat", "seq")}
_SHARD = {"listen": "seq", "listen_verdict": "seq", "verdict_change": "seq", "download_event": "listener"}
_DURABLE = "fsync_after_insert = 1, fsync_part_directory = 1"
# One insert for each number is taken, any further one is dropped by the server: that is how writers take turns.
_ONCE = "non_replicated_deduplication_window = 100000"
_ONCE_REPLICATED = "replicated_deduplication_window = 100000"


def statements(cluster: str = "") -> list[str]:
    """What makes the tables in the current database: on one server, or on all of a cluster."""
    found = _journal(cluster)
    for table in table_map().values():
        columns = [f"`{column.name}` {_kind(column)}" for column in table.columns]
        columns += ["_version UInt64 CODEC(Delta, ZSTD)", "_gone UInt8 DEFAULT 0"]
        columns += [f"INDEX by_number {table.numbered} TYPE minmax"] if table.numbered else []
        name = table.name.removeprefix(NEW)
        shard = _SHARD.get(name, table.key[0])
        by = f"PARTITION BY {partition} " if (partition := _partition(table)) else ""
        order = ", ".join(_ORDER.get(name, table.key))
        engine = ("ReplacingMergeTree", "_version, _gone")
        found += _create(
            cluster, table.name, columns, engine, f"{by}ORDER BY ({order})", f"cityHash64({shard})", []
        )
    return found


def _journal(cluster: str) -> list[str]:
    columns = ["no UInt64", "token String", "units Array(String)", "changes String CODEC(ZSTD(3))"]
    columns.append("at DateTime DEFAULT now()")
    once = [_ONCE_REPLICATED if cluster else _ONCE]
    # In one partition: what is kept once is kept once in a partition.
    order = "ORDER BY no TTL at + INTERVAL 3 DAY"
    applied = ["name String", "no UInt64"]
    return [
        *_create(cluster, "journal", columns, ("MergeTree", ""), order, "no * 0", once),
        *_create(cluster, "applied", applied, ("ReplacingMergeTree", "no"), "ORDER BY name", "no * 0", []),
    ]


# long: the six parts of a table, twice
def _create(
    cluster: str,
    name: str,
    columns: list[str],
    engine: tuple[str, str],
    order: str,
    shard: str,
    settings: list[str],
) -> list[str]:
    kind, arguments = engine
    body = f"({', '.join(columns)})"
    tail = f"{order} SETTINGS {', '.join([_DURABLE, *settings])}"
    if not cluster:
        return [f"CREATE TABLE IF NOT EXISTS {name} {body} ENGINE = {kind}({arguments}) {tail}"]
    places = f"'/clickhouse/tables/{{shard}}/{{database}}/{name}', '{{replica}}'"
    replicated = f"Replicated{kind}({', '.join(part for part in (places, arguments) if part)})"
    return [
        f"CREATE TABLE IF NOT EXISTS {name}_local ON CLUSTER '{cluster}' {body} ENGINE = {replicated} {tail}",
        f"CREATE TABLE IF NOT EXISTS {name} ON CLUSTER '{cluster}' AS {name}_local"
        f" ENGINE = Distributed('{cluster}', currentDatabase(), '{name}_local', {shard})",
    ]


def _partition(table: Table) -> str:
    if table.name in _BY_DAY:
        return "day"
    days = {"listen", "download_event", "artist_day", "beat_day", "artist_month", "beat_month", "beat_second"}
    return _BY_MONTH if table.name.removeprefix(NEW) in days else ""


def _kind(column: Column) -> str:
    if column.kind != "INTEGER":
        return "String"
    return "Int64" if column.required else "Nullable(Int64)"
