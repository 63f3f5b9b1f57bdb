"""The sandbox's SQLite file: objects as JSON under their ids, lines of money, answers given, what waits to be sent.

One connection, one writer at a time: `transaction` holds the lock from its first read to its commit, and a commit is
on disk before it returns.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stripe_sandbox.errors import Json

SCHEMA = """
create table if not exists objects (
    seq integer primary key, id text not null unique, kind text not null, account text not null,
    created integer not null, body text not null);
create index if not exists by_kind on objects (kind, account, seq);
create index if not exists by_created on objects (kind, account, created);
create table if not exists money (
    txn text primary key, account text not null, currency text not null, net integer not null,
    available_on integer not null, payout text);
create index if not exists by_payout on money (payout) where payout is not null;
create index if not exists by_account on money (account, currency, available_on, net);
create table if not exists due (
    id integer primary key, at integer not null, what text not null, subject text not null,
    unique (what, subject));
create index if not exists by_due on due (at, id);
create table if not exists answers (
    key text not null, account text not null, fingerprint text not null, request text not null,
    status integer not null, body text not null, at integer not null, primary key (key, account));
create table if not exists deliveries (
    id integer primary key, event text not null, destination text not null, state text not null,
    attempts integer not null, due_s real not null, said text not null, at integer not null);
create index if not exists by_state on deliveries (state, due_s);
create table if not exists settings (name text primary key, value text not null);
"""
FIELDS = {
    "customer": "$.customer",
    "source": "$.source",
    "charge": "$.charge",
    "invoice": "$.invoice",
    "payment": "$.payment_intent",
    "paid_by": "$.payment.payment_intent",
    "lookup_key": "$.lookup_key",
    "destination": "$.destination",
    "transfer_group": "$.transfer_group",
    "source_transaction": "$.source_transaction",
    "subscription": "$.parent.subscription_details.subscription",
}
"""What objects are looked up by; each has an index over the objects that have it."""
TABLES = ("objects", "money", "due", "answers", "deliveries", "settings")


class Store:
    """The file and its lock. Rows are read as `sqlite3.Row`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self.db.row_factory = sqlite3.Row
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=full")
        self.db.execute("pragma cache_size=-4000")
        self.db.executescript(SCHEMA)
        for name, place in FIELDS.items():
            field = f"json_extract(body, '{place}')"
            self.db.execute(
                f"create index if not exists objects_by_{name} on objects ({field}, kind) where {field} is not null"
            )
        self._lock = threading.RLock()
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inner ones are part of the outermost, but can be undone by themselves."""
        with self._lock:
            self._depth += 1
            name = f"level{self._depth}"
            self.db.execute("begin immediate" if self._depth == 1 else f"savepoint {name}")
            try:
                yield
            except BaseException:
                self.db.execute("rollback" if self._depth == 1 else f"rollback to {name}")
                if self._depth > 1:
                    self.db.execute(f"release {name}")
                raise
            else:
                self.db.execute("commit" if self._depth == 1 else f"release {name}")
            finally:
                self._depth -= 1

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._lock:
            return self.db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """The first row of a query."""
        with self._lock:
            found: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return found

    def run(self, sql: str, *values: Any) -> int:
        """Runs one statement. Returns how many rows it touched."""
        with self._lock:
            return self.db.execute(sql, values).rowcount

    def setting(self, name: str, default: Any = None) -> Any:
        """A value kept under a name."""
        row = self.row("select value from settings where name = ?", name)
        return default if row is None else json.loads(row["value"])

    def set(self, name: str, value: Any) -> None:
        """Keeps a value under a name."""
        self.run("insert or replace into settings values (?, ?)", name, json.dumps(value))

    def empty(self) -> None:
        """Forgets everything."""
        with self.transaction():
            for table in TABLES:
                self.db.execute(f"delete from {table}")

    def get(self, id: str, account: str | None = None) -> Json | None:
        """The object with this id, of this account ("" is the platform; None: of any)."""
        row = self.row("select body, account from objects where id = ?", id)
        if row is None or (account is not None and row["account"] != account):
            return None
        body: Json = json.loads(row["body"])
        return body

    def add(self, body: Json, *, account: str = "", created: int) -> None:
        """Keeps a new object under its id."""
        self.run(
            "insert into objects (id, kind, account, created, body) values (?, ?, ?, ?, ?)", body["id"],
            body["object"], account, created, json.dumps(body),
        )  # fmt: skip

    def save(self, body: Json) -> None:
        """Keeps the changed object."""
        self.run("update objects set body = ? where id = ?", json.dumps(body), body["id"])
