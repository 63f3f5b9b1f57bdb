"""Intake into SQLite: open listens, the logs, the index of acknowledged ids. One batch, one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from backline.domain import intervals
from backline.listening.reasons import Reason
from backline.listening.store.connections import Connections
from backline.listening.store.finals import FinalListen, OpenListen, finish
from backline.listening.store.numbers import Numbers
from backline.listening.store.packed import pack_intervals, unpack_intervals
from backline.listening.store.rows import (
    ACCOUNT_KEY,
    DownloadDraft,
    Draft,
    Flag,
    ImpressionsDraft,
    ListenDraft,
    Listener,
    MarkDraft,
    Outcome,
    Status,
    TermKind,
)

ACCEPTED = Outcome(Status.ACCEPTED)
DUPLICATE = Outcome(Status.DUPLICATE)
OTHER_LISTEN = Outcome(Status.INVALID, "id", Reason.OTHER_LISTEN, "is the id of another listen")
WRONG_TICKET = Outcome(Status.INVALID, "ticket", Reason.WRONG_TICKET, "does not belong to this listen")
TOO_LATE = Outcome(Status.LATE, "", Reason.LATE, "belongs to a day that is closed")
NEVER = -(1 << 40)
DAY_MS = 24 * 3_600_000

OPEN_COLUMNS = ", ".join(OpenListen._fields)
_INSERT_OPEN = f"INSERT INTO open_listen ({OPEN_COLUMNS}) VALUES ({', '.join('?' * len(OpenListen._fields))})"
_FINAL_COLUMNS = ", ".join(FinalListen._fields)
_INSERT_FINAL = f"INSERT INTO listen ({_FINAL_COLUMNS}) VALUES ({', '.join('?' * len(FinalListen._fields))})"
_SPAN = "INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET last_seq = excluded.last_seq"


class SQLiteAppend:
    """The writing half of the store that intake uses."""

    _connections: Connections
    _numbers: Numbers
    _closed = NEVER

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Writes a batch durably; see `interface.Store.append`."""
        with self._connections.writing(self._numbers.forget) as connection:
            row = connection.execute("SELECT max(day) FROM day_closed").fetchone()
            self._closed = NEVER if row[0] is None else int(row[0])
            outcomes = [self._append(connection, draft) for draft in drafts]
            self._numbers.forget_salts()
            return outcomes

    def close_idle(self, *, before_ms: int, now_ms: int, limit: int) -> int:
        """Makes listens without a report since `before_ms` final."""
        if not self._idle(self._connections.get(), before_ms, 1):
            return 0
        with self._connections.writing(self._numbers.forget) as connection:
            rows = self._idle(connection, before_ms, limit)
            for row in rows:
                log_listen(connection, row, now_ms)
            return len(rows)

    def forget(self, *, ids_before_day: int) -> int:
        """Drops old event ids."""
        with self._connections.writing(self._numbers.forget) as connection:
            return connection.execute("DELETE FROM event_id WHERE day < ?", (ids_before_day,)).rowcount

    @staticmethod
    def _idle(connection: sqlite3.Connection, before_ms: int, limit: int) -> list[OpenListen]:
        rows = connection.execute(
            f"SELECT {OPEN_COLUMNS} FROM open_listen WHERE last_ms < ? ORDER BY last_ms, id LIMIT ?",
            (before_ms, limit),
        )
        return [OpenListen(*row) for row in rows]

    def _append(self, connection: sqlite3.Connection, draft: Draft) -> Outcome:
        if connection.execute("SELECT 1 FROM event_id WHERE id = ?", (draft.id,)).fetchone():
            return DUPLICATE
        if isinstance(draft, ListenDraft | DownloadDraft) and draft.day <= self._closed:
            return TOO_LATE
        if isinstance(draft, ListenDraft):
            return self._append_listen(connection, draft)
        connection.execute("INSERT INTO event_id VALUES (?, ?)", (draft.id, draft.received_ms // DAY_MS))
        if isinstance(draft, DownloadDraft):
            return self._append_download(connection, draft)
        if isinstance(draft, ImpressionsDraft):
            if draft.listener.account:
                self._identify(connection, draft.listener, draft.day)
            return _append_impressions(connection, draft)
        return self._append_mark(connection, draft)

    def _append_listen(self, connection: sqlite3.Connection, draft: ListenDraft) -> Outcome:
        found = connection.execute(
            f"SELECT {OPEN_COLUMNS} FROM open_listen WHERE id = ?", (draft.id,)
        ).fetchone()
        if found is None:
            row = self._open_row(connection, draft)
            if draft.final:
                _log(connection, row, draft.received_ms)
            else:
                connection.execute(_INSERT_OPEN, row)
            return ACCEPTED
        row = OpenListen(*found)
        refusal = self._refusal(connection, row, draft)
        if refusal is not None:
            return refusal
        row = row._replace(heard=_more_heard(row.heard, draft), last_ms=max(row.last_ms, draft.received_ms))
        if draft.final:
            log_listen(connection, row, draft.received_ms)
        else:
            connection.execute(
                "UPDATE open_listen SET heard = ?, last_ms = ? WHERE id = ?", (row.heard, row.last_ms, row.id)
            )
        return ACCEPTED

    def _refusal(self, connection: sqlite3.Connection, row: OpenListen, draft: ListenDraft) -> Outcome | None:
        """Why a report cannot belong to the open listen with its id, or None when it does."""
        from_back_end = Flag.BACK_END in draft.flags
        if row.beat != draft.beat or from_back_end != bool(row.flags & Flag.BACK_END):
            return OTHER_LISTEN
        if from_back_end and draft.listener.account and self._account(connection, draft) != row.listener:
            return OTHER_LISTEN
        if Flag.UNPROVEN in draft.flags and not row.flags & Flag.UNPROVEN:
            return WRONG_TICKET
        return None

    def _account(self, connection: sqlite3.Connection, draft: ListenDraft) -> int:
        return self._numbers.account(connection, draft.listener.account)

    def _open_row(self, connection: sqlite3.Connection, draft: ListenDraft) -> OpenListen:
        listener, address = self._identify(connection, draft.listener, draft.day)
        network = self._numbers.network(connection, draft.day, draft.listener.network)
        flags = draft.flags
        if listener < 0 and address and self._is_team(connection, draft.day, address, draft.team):
            flags |= Flag.OWN_TEAM
        terms = {kind: self._numbers.term(connection, kind, text) for kind, text in draft.terms.items()}
        return OpenListen(
            id=draft.id,
            beat=draft.beat,
            artists=self._numbers.artists(connection, draft.artists),
            listener=listener,
            address=address,
            network=network,
            day=draft.day,
            hour=draft.hour,
            started_ms=draft.started_ms,
            first_ms=draft.first_ms,
            last_ms=draft.received_ms,
            heard=pack_intervals(draft.heard),
            beat_ms=draft.beat_ms,
            flags=int(flags),
            device=terms.get(TermKind.DEVICE, 0),
            platform=terms.get(TermKind.PLATFORM, 0),
            browser=terms.get(TermKind.BROWSER, 0),
            country=terms.get(TermKind.COUNTRY, 0),
            source=terms.get(TermKind.SOURCE, 0),
        )

    def _identify(self, connection: sqlite3.Connection, listener: Listener, day: int) -> tuple[int, int]:
        """The listener's number (negative when signed out) and the address's number."""
        address = self._numbers.address(connection, day, listener.address)
        if not listener.account:
            secret = f"c:{listener.visitor}" if listener.visitor else ""
            if not secret and listener.address:
                secret = f"n:{listener.address}"
            return -self._numbers.visitor(connection, day, secret), address
        number = self._numbers.account(connection, listener.account)
        if address and listener.account.startswith(ACCOUNT_KEY):
            connection.execute(
                "INSERT OR IGNORE INTO address_account VALUES (?, ?, ?)", (day, address, number)
            )
        return number, address

    @staticmethod
    def _is_team(connection: sqlite3.Connection, day: int, address: int, team: frozenset[int]) -> bool:
        """Whether a team member used this address signed in on the same day."""
        keys = connection.execute(
            "SELECT key FROM address_account JOIN account ON no = account WHERE day = ? AND address = ?",
            (day, address),
        )
        return any(int(key.removeprefix(ACCOUNT_KEY)) in team for (key,) in keys)

    def _append_download(self, connection: sqlite3.Connection, draft: DownloadDraft) -> Outcome:
        listener, address = self._identify(connection, draft.listener, draft.day)
        flags = draft.flags
        if listener < 0 and address and self._is_team(connection, draft.day, address, draft.team):
            flags |= Flag.OWN_TEAM
        artists = self._numbers.artists(connection, draft.artists)
        values = (draft.id, draft.beat, artists, listener, draft.day, draft.hour, draft.at_ms, int(flags))
        seq = connection.execute(
            "INSERT INTO download_event (id, beat, artists, listener, day, hour, at_ms, flags, licence_type,"
            " licence_url) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, draft.licence_type, draft.licence_url),
        ).lastrowid
        connection.execute(_SPAN.format(table="download_span"), (draft.day, seq, seq))
        return ACCEPTED

    def _append_mark(self, connection: sqlite3.Connection, draft: MarkDraft) -> Outcome:
        account = self._numbers.account(connection, draft.account)
        artists = self._numbers.artists(connection, draft.artists)
        connection.execute(
            "INSERT INTO mark_event (kind, target, account, artists, day) VALUES (?, ?, ?, ?, ?)",
            (int(draft.kind), draft.target, account, artists, draft.day),
        )
        return ACCEPTED


def log_listen(connection: sqlite3.Connection, row: OpenListen, logged_ms: int) -> None:
    """Moves an open listen into the log and its id into the index."""
    connection.execute("DELETE FROM open_listen WHERE id = ?", (row.id,))
    _log(connection, row, logged_ms)


def _log(connection: sqlite3.Connection, row: OpenListen, logged_ms: int) -> None:
    connection.execute("INSERT INTO event_id VALUES (?, ?)", (row.id, logged_ms // DAY_MS))
    seq = connection.execute(_INSERT_FINAL, finish(row, logged_ms=logged_ms)).lastrowid
    connection.execute(_SPAN.format(table="day_span"), (row.day, seq, seq))


def _append_impressions(connection: sqlite3.Connection, draft: ImpressionsDraft) -> Outcome:
    connection.executemany(
        "INSERT INTO impression_day VALUES (?, ?, 1)"
        " ON CONFLICT (beat_id, day) DO UPDATE SET impressions = impression_day.impressions + 1",
        [(beat, draft.day) for beat in draft.beats],
    )
    return ACCEPTED


def _more_heard(kept: bytes, draft: ListenDraft) -> bytes:
    """Reports may overtake each other: the one that heard more is the later one."""
    if intervals.played_ms(draft.heard) < intervals.played_ms(unpack_intervals(kept)):
        return kept
    return pack_intervals(draft.heard)
