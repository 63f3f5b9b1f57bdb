"""Intake on a scratch: what a batch needs is fetched together, then the embedded store's rules write it there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from backline.listening.store.connections import Connections
from backline.listening.store.numbers import OTHER, Numbers, daily_key
from backline.listening.store.rows import DownloadDraft, Draft, ImpressionsDraft, ListenDraft, MarkDraft
from backline.listening.store.sql_scratch import Scratch
from backline.listening.store.sqlite_append import SQLiteAppend

Derived = ListenDraft | DownloadDraft


class OneConnection:
    """A scratch in the place of `Connections`: its transaction is the journal's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self) -> sqlite3.Connection:
        """The scratch."""
        return self._connection

    @contextmanager
    def writing(self, _on_failure: Callable[[], None]) -> Iterator[sqlite3.Connection]:
        """The scratch."""
        yield self._connection


class ScratchAppend(SQLiteAppend):
    """The embedded store's intake, on a scratch."""

    def __init__(self, scratch: Scratch) -> None:
        self._connections = cast(Connections, OneConnection(scratch.connection))
        self._numbers = Numbers()


def load_logs(scratch: Scratch, days: Sequence[int]) -> None:
    """What appending to the logs needs: their last numbers, and where the days are."""
    for name in ("listen", "download_event", "mark_event"):
        scratch.load_last(name)
    for name in ("day_span", "download_span"):
        scratch.load_among(name, "day", days, days=days)


def load_batch(scratch: Scratch, drafts: Sequence[Draft]) -> None:
    """All that appending these drafts may touch."""
    ids = [draft.id for draft in drafts]
    derived = [draft for draft in drafts if isinstance(draft, Derived)]
    scratch.load_among("event_id", "id", ids)
    scratch.load_among("open_listen", "id", ids)
    scratch.load("day_closed", "day = (SELECT max(day) FROM day_closed)")
    load_logs(scratch, sorted({draft.day for draft in derived}))
    seen = [
        (beat, draft.day) for draft in drafts if isinstance(draft, ImpressionsDraft) for beat in draft.beats
    ]
    scratch.load_among("impression_day", "(beat_id, day)", seen, days={day for _, day in seen})
    _load_numbers(scratch, drafts)
    _load_visitors(scratch, derived)


def _load_numbers(scratch: Scratch, drafts: Sequence[Draft]) -> None:
    keys = [draft.listener.account for draft in drafts if isinstance(draft, Derived)]
    keys += [draft.account for draft in drafts if isinstance(draft, MarkDraft)]
    sets = [" ".join(map(str, draft.artists)) for draft in drafts if not isinstance(draft, ImpressionsDraft)]
    scratch.load_among("account", "key", [key for key in keys if key])
    scratch.load_among("artist_set", "artists", sets)
    numbers = scratch.connection.execute("SELECT no FROM artist_set").fetchall()
    scratch.load_among("artist_in_set", "set_no", [no for (no,) in numbers], fixed=True)
    for name in ("account", "artist_set", "term"):
        scratch.load_last(name)
    terms = {
        (int(kind), text)
        for draft in drafts
        if isinstance(draft, ListenDraft)
        for kind, text in draft.terms.items()
        if text
    }
    scratch.load_among("term", "(kind, text)", [*terms, *((kind, OTHER) for kind, _ in terms)])
    known = {(kind, text) for kind, text in scratch.connection.execute("SELECT kind, text FROM term")}
    if not terms <= known:
        # How many a kind has decides whether it may have another one.
        scratch.load("term", "1 = 1")


def _load_visitors(scratch: Scratch, drafts: Sequence[Derived]) -> None:
    days = {draft.day for draft in drafts}
    scratch.load_among("day_salt", "day", days, days=days)
    salts = dict(scratch.connection.execute("SELECT day, salt FROM day_salt").fetchall())
    wanted: dict[str, list[tuple[int, bytes]]] = {"visitor": [], "address": [], "network": []}
    for draft in drafts:
        who = draft.listener
        secrets = [("visitor", f"c:{who.visitor}"), ("visitor", f"n:{who.address}")]
        secrets += [("address", who.address), ("network", who.network)]
        for name, secret in secrets:
            if secret and draft.day in salts:
                wanted[name].append((draft.day, daily_key(salts[draft.day], secret)))
    for name, keys in wanted.items():
        scratch.load_among(name, "(day, key)", keys, days=days)
    addresses = scratch.connection.execute("SELECT day, no FROM address").fetchall()
    scratch.load_among("address_account", "(day, address)", addresses, days=days)
    accounts = scratch.connection.execute("SELECT DISTINCT account FROM address_account").fetchall()
    scratch.load_among("account", "no", [no for (no,) in accounts], fixed=True)
