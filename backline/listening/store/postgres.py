"""The listening store on PostgreSQL: the tables and statements of the embedded one, in a schema of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from backline.listening.store.connections import SCHEMA_VERSION, Connections
from backline.listening.store.numbers import Numbers
from backline.listening.store.postgres_batch import append_batch
from backline.listening.store.postgres_connections import PostgresConnections
from backline.listening.store.postgres_sql import create
from backline.listening.store.rows import Draft, Outcome
from backline.listening.store.sql_tables import tables
from backline.listening.store.sqlite import SQLiteStore
from backline.listening.store.sqlite_fold import SQLiteFoldSession
from backline.listening.store.sqlite_rebuild import NEW, ROLLUPS, SQLiteRebuildSession

SCHEMA = "listening"
# From so many drafts on, fetching everything at once is quicker than asking for each.
TOGETHER = 5


class PostgresFoldSession(SQLiteFoldSession):
    """The fold's transaction; what is deleted is not overwritten but cleared out afterwards."""

    def _overwrite(self, wanted: bool) -> None:
        pass


class PostgresRebuildSession(SQLiteRebuildSession):
    """A transaction on rollups in the making."""

    def _overwrite(self, wanted: bool) -> None:
        pass


class PostgresStore(SQLiteStore):
    """A listening store at `postgresql://user:password@host:port/database`, in the schema `?schema=`."""

    _session = PostgresFoldSession
    _rebuild_session = PostgresRebuildSession

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        name = options.pop("schema", SCHEMA)
        if not name.isidentifier():
            raise ValueError(f"schema={name!r} is no plain name")
        address = parts._replace(query=urlencode(options)).geturl()
        # What the embedded store begins with, without its file.
        super(SQLiteStore, self).__init__()
        self._numbers = Numbers()
        self._servers = PostgresConnections(address, name=name, version=SCHEMA_VERSION)
        # All that the statements ask of it, it has.
        self._connections = cast(Connections, self._servers)
        self._connections.get()

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Writes a batch durably; see `interface.Store.append`."""
        if len(drafts) < TOGETHER:
            return super().append(drafts)
        with self._servers.writing(self._numbers.forget) as connection:
            return append_batch(connection, drafts)

    def put_rows(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Adds rows as they are, in one transaction."""
        with self._servers.writing(self._numbers.forget) as connection:
            connection.copy(table, tables()[table].names, rows)

    @staticmethod
    def _make_shadow(connection: Any) -> None:
        for name in ROLLUPS:
            connection.execute(f"DROP TABLE IF EXISTS {NEW}{name}")
            connection.execute(create(tables()[name]._replace(name=f"{NEW}{name}")))
