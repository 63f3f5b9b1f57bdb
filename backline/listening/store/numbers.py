"""Dense numbers for texts: accounts, terms, artist sets, and the day's signed-out visitors and addresses.

Numbers are given inside the caller's write transaction. What was looked up is remembered per process; a
transaction that fails must call `forget`, because its numbers were never given. The salts of days are remembered until
the transaction ends with `forget_salts`: in memory they must not outlive their destruction.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from typing import Any

from backline.listening.store.rows import TermKind

REMEMBERED = 50_000
MOST_TERMS = 10_000
OTHER = "other"


class Numbers:
    """The dictionaries of one store."""

    def __init__(self) -> None:
        self._accounts: dict[str, int] = {}
        self._terms: dict[tuple[int, str], int] = {}
        self._sets: dict[tuple[int, ...], int] = {}
        self._artists: dict[int, tuple[int, ...]] = {}
        self._salts: dict[int, bytes] = {}

    def forget(self) -> None:
        """Forgets everything remembered."""
        for memory in (self._accounts, self._terms, self._sets, self._artists, self._salts):
            memory.clear()

    def forget_salts(self) -> None:
        """Forgets the salts of days, before the transaction that asked for them ends."""
        self._salts.clear()

    def account(self, connection: sqlite3.Connection, key: str) -> int:
        """The number of an account key."""
        number = self._accounts.get(key)
        if number is None:
            number = _find_or_add(connection, "account", {"key": key})
            _remember(self._accounts, key, number)
        return number

    def term(self, connection: sqlite3.Connection, kind: TermKind, text: str) -> int:
        """The number of a dimension's value, 0 for an unknown one; the rarest hosts share one number."""
        if not text:
            return 0
        number = self._terms.get((kind, text))
        if number is None:
            given = connection.execute("SELECT count(*) FROM term WHERE kind = ?", (kind,)).fetchone()[0]
            kept = (
                text
                if given < MOST_TERMS or _find(connection, "term", {"kind": kind, "text": text})
                else OTHER
            )
            number = _find_or_add(connection, "term", {"kind": int(kind), "text": kept})
            _remember(self._terms, (int(kind), text), number)
        return number

    def artists(self, connection: sqlite3.Connection, artists: tuple[int, ...]) -> int:
        """The number of a set of artists."""
        number = self._sets.get(artists)
        if number is None:
            number = _find_or_add(connection, "artist_set", {"artists": " ".join(map(str, artists))})
            connection.executemany(
                "INSERT OR IGNORE INTO artist_in_set VALUES (?, ?)", [(artist, number) for artist in artists]
            )
            _remember(self._sets, artists, number)
        return number

    def artists_of(self, connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
        """The artists of a set."""
        artists = self._artists.get(number)
        if artists is None:
            row = connection.execute("SELECT artists FROM artist_set WHERE no = ?", (number,)).fetchone()
            artists = tuple(int(artist) for artist in row[0].split())
            _remember(self._artists, number, artists)
        return artists

    def visitor(self, connection: sqlite3.Connection, day: int, secret: str) -> int:
        """The day's number of a signed-out player; an empty secret gets a number of its own."""
        return self._daily(connection, "visitor", "visitors", day, secret)

    def address(self, connection: sqlite3.Connection, day: int, secret: str) -> int:
        """The day's number of an address key, 0 when it is unknown."""
        return self._daily(connection, "address", "addresses", day, secret) if secret else 0

    def network(self, connection: sqlite3.Connection, day: int, secret: str) -> int:
        """The day's number of a network, 0 when it is unknown."""
        return self._daily(connection, "network", "networks", day, secret) if secret else 0

    def _daily(self, connection: sqlite3.Connection, table: str, counter: str, day: int, secret: str) -> int:
        salt = self._salts.get(day) or self._salts.setdefault(day, _salt(connection, day))
        key = daily_key(salt, secret)
        if secret:
            row = connection.execute(
                f"SELECT no FROM {table} WHERE day = ? AND key = ?", (day, key)
            ).fetchone()
            if row:
                return int(row[0])
        number = connection.execute(
            f"UPDATE day_salt SET {counter} = {counter} + 1 WHERE day = ? RETURNING {counter}", (day,)
        ).fetchone()[0]
        if secret:
            connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", (day, key, number))
        return int(number)


def _remember(memory: dict[Any, Any], key: Any, value: Any) -> None:
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[key] = value


def _find(connection: sqlite3.Connection, table: str, values: dict[str, Any]) -> int:
    where = " AND ".join(f"{name} = ?" for name in values)
    row = connection.execute(f"SELECT no FROM {table} WHERE {where}", tuple(values.values())).fetchone()
    return int(row[0]) if row else 0


def _find_or_add(connection: sqlite3.Connection, table: str, values: dict[str, Any]) -> int:
    found = _find(connection, table, values)
    if found:
        return found
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
    )
    return int(cursor.lastrowid or 0)


def daily_key(salt: bytes, secret: str) -> bytes:
    """Under which a day's dictionaries keep a signed-out listener's secret."""
    return hashlib.blake2b(secret.encode(), key=salt, digest_size=10).digest()


def _salt(connection: sqlite3.Connection, day: int) -> bytes:
    row = connection.execute("SELECT salt FROM day_salt WHERE day = ?", (day,)).fetchone()
    if row:
        return bytes(row[0])
    salt = os.urandom(32)
    connection.execute("INSERT INTO day_salt VALUES (?, ?, 0, 0, 0)", (day, salt))
    return salt
