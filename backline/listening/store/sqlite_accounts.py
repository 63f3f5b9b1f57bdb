"""Accounts on SQLite: their numbers, what is held of one of them, and taking away whose a number is."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

from backline.listening.store.connections import Connections
from backline.listening.store.held import HeldDownload, HeldListen
from backline.listening.store.numbers import Numbers
from backline.listening.store.rows import GONE_KEY
from backline.listening.store.sqlite_close import CURRENT
from backline.listening.store.sqlite_rollups import portions

# What is changed when a number is nobody's any more.
UNLINKED_TABLES = ("account", "address_account", "mark", "download_event")

_LISTENS = (
    "SELECT listen.seq, listen.beat, artist_set.artists, listen.started_ms, listen.played_ms, listen.distinct_ms,"
    f" {CURRENT}, listen.device, listen.platform, listen.browser, listen.country, listen.source"
    " FROM listen LEFT JOIN listen_verdict AS given ON given.seq = listen.seq"
    " JOIN artist_set ON artist_set.no = listen.artists"
    " WHERE listen.seq > ? AND listen.seq <= ? AND listen.listener = ? ORDER BY listen.seq LIMIT ?"
)
_DOWNLOADS = (
    "SELECT event.seq, event.beat, artist_set.artists, event.at_ms, given.verdict, event.licence_type,"
    " event.licence_url FROM download_event AS event LEFT JOIN download_verdict AS given ON given.seq = event.seq"
    " JOIN artist_set ON artist_set.no = event.artists"
    " WHERE event.listener = ? AND event.seq > ? ORDER BY event.seq LIMIT ?"
)


class SQLiteAccounts:
    """The reads; see `interface.Store`."""

    _connections: Connections

    def account_numbers(self, keys: Collection[str]) -> dict[str, int]:
        """The numbers of account keys; those without one are absent."""
        found: dict[str, int] = {}
        for some, marks in portions(keys):
            found.update(
                self._connections.get().execute(f"SELECT key, no FROM account WHERE key IN ({marks})", some)
            )
        return found

    def log_from(self, day: int) -> tuple[int, int]:
        """The number before the first log row of that day and later ones, and the last number; equal when none is."""
        first, last = (
            self._connections.get()
            .execute(
                "SELECT (SELECT min(first_seq) FROM day_span WHERE day >= ?), (SELECT max(seq) FROM listen)",
                (day,),
            )
            .fetchone()
        )
        return (0, 0) if first is None or last is None else (int(first) - 1, int(last))

    def listens_of(self, number: int, *, after: int, through: int, limit: int) -> list[HeldListen]:
        """Log rows of an account in a part of the log; no index holds them."""
        rows = self._connections.get().execute(_LISTENS, (after, through, number, limit))
        return [HeldListen(*row) for row in rows]

    def downloads_of(self, number: int, *, after: int, limit: int) -> list[HeldDownload]:
        """Download log rows of an account."""
        rows = self._connections.get().execute(_DOWNLOADS, (number, after, limit))
        return [HeldDownload(*row) for row in rows]


class SQLiteUnlink(SQLiteAccounts):
    """The write; see `interface.Store`."""

    _numbers: Numbers

    def unlink_accounts(self, keys: Collection[str]) -> int:
        """Makes the numbers of these keys nobody's, in one transaction."""
        with self._connections.writing(self._numbers.forget) as connection:
            numbers = self.account_numbers(keys)
            if numbers:
                with self._connections.overwriting(connection, "account"):
                    unlink(connection, numbers)
        self._numbers.forget()
        if numbers:
            self._connections.empty_journal(UNLINKED_TABLES)
        return len(numbers)


def unlink(connection: sqlite3.Connection, numbers: Mapping[str, int]) -> None:
    """Takes away all that leads from the keys to the numbers, or from what is known elsewhere to them."""
    for some, marks in portions([*numbers.values()]):
        connection.execute(f"DELETE FROM address_account WHERE account IN ({marks})", some)
        # The same likes and follows stand elsewhere, with whose they are; what they add up to is in `mark_log`.
        connection.execute(f"DELETE FROM mark WHERE account IN ({marks})", some)
        # A licence names its holder.
        connection.execute(
            f"UPDATE download_event SET licence_url = '' WHERE licence_url <> '' AND listener IN ({marks})",
            some,
        )
    # The row stays, so that its number is never given again.
    connection.executemany(
        "UPDATE account SET key = ? WHERE no = ?", [(f"{GONE_KEY}{no}", no) for no in numbers.values()]
    )
