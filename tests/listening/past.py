"""Random listening of many months straight into the store, with the steps that follow it in real life."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from backline.domain.verdicts import Verdict
from backline.listening.calendar import reporting, to_ms
from backline.listening.changing import change_verdicts
from backline.listening.store import open_store
from backline.listening.store.rows import (
    CODES,
    DownloadDraft,
    Draft,
    Flag,
    ListenDraft,
    Listener,
    MarkDraft,
    MarkKind,
    TermKind,
)

HOUR_MS = 3_600_000
BEATS = {1: (10,), 2: (10, 20), 3: (20,), 4: (10, 20, 30)}
LENGTHS_MS = {1: 180_000, 2: 40_000, 3: 95_000, 4: 240_000}


def at_noon(day: int) -> datetime:
    """Noon of a day number, in UTC."""
    return datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)


class Past:
    """Makes drafts; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self._made = seed << 32

    def listens(self, day: int, count: int) -> Iterator[Draft]:
        """Final listens of a day, with many that do not count."""
        for _ in range(count):
            yield self.listen(day)

    def listen(self, day: int, *, address: str = "", **more: object) -> ListenDraft:
        """One final listen somewhere in the day."""
        dice = self.dice
        started_ms = to_ms(at_noon(day)) + dice.randint(-11 * HOUR_MS, 11 * HOUR_MS)
        beat = dice.choice([*BEATS])
        length = LENGTHS_MS[beat]
        starts = sorted(dice.sample(range(length), 2))
        heard = (
            ((starts[0], starts[1]), (0, dice.randint(1, length))) if dice.random() < 0.5 else ((0, length),)
        )
        day_no, hour = reporting().day_and_hour(started_ms)
        account = dice.choice(["", "", "p:1:lee", "p:1:kim", "a:7", "a:8"])
        draft = ListenDraft(
            id=self._id(),
            beat=beat,
            artists=BEATS[beat],
            team=frozenset(),
            listener=Listener(account, f"v{dice.randint(1, 4)}", address or f"203.0.{dice.randint(1, 3)}.7"),
            day=day_no,
            hour=hour,
            started_ms=started_ms,
            first_ms=started_ms,
            received_ms=started_ms + 300_000,
            heard=heard,
            final=True,
            beat_ms=length,
            flags=Flag.BACK_END | dice.choice([Flag(0), Flag(0), Flag(0), Flag.ROBOT, Flag.STAFF]),
            terms={TermKind.COUNTRY: dice.choice(["PL", "DE", "US"]), TermKind.SOURCE: "profile"},
        )
        return draft._replace(**more)  # type: ignore[arg-type]

    def guest(self, day: int, number: int) -> ListenDraft:
        """A signed-out play of beat 4 from a block of addresses."""
        listener = Listener(visitor=f"guest {number}", address=f"198.51.100.{number}")
        heard = ((0, LENGTHS_MS[4]),)
        return self.listen(
            day,
            beat=4,
            artists=BEATS[4],
            beat_ms=LENGTHS_MS[4],
            listener=listener,
            heard=heard,
            flags=Flag.BACK_END,
        )

    def download(self, day: int) -> DownloadDraft:
        """One download."""
        beat = self.dice.choice([*BEATS])
        at_ms = to_ms(at_noon(day))
        account = self.dice.choice(["", "p:1:lee", "a:7"])
        flags = self.dice.choice([Flag(0), Flag.STAFF])
        listener = Listener(account, "v1", "203.0.113.7")
        return DownloadDraft(
            self._id(), beat, BEATS[beat], frozenset(), listener, day, 12, at_ms, at_ms, "standard", "", flags
        )

    def mark(self, day: int) -> MarkDraft:
        """One like or follow."""
        beat, account = self.dice.choice([*BEATS]), f"p:1:fan {self.dice.randint(1, 9)}"
        if self.dice.random() < 0.5:
            return MarkDraft(self._id(), MarkKind.FOLLOW, 10, (10,), account, day, to_ms(at_noon(day)))
        return MarkDraft(self._id(), MarkKind.LIKE, beat, BEATS[beat], account, day, to_ms(at_noon(day)))

    def change_some(self, *, now: datetime) -> None:
        """Withdraws a few plays, and gives others of the last changes back."""
        store = open_store()
        chosen: list[tuple[int, int]] = []
        for beat in BEATS:
            rows = store.judged(beat, 0, 1 << 30, limit=400)
            counted = [row.listen.seq for row in rows if row.verdict == CODES[Verdict.COUNTED]]
            taken = self.dice.sample(counted, min(3, len(counted)))
            chosen += [(seq, CODES[Verdict.WITHDRAWN]) for seq in taken]
        back = store.changes(0, 1_000)
        chosen += [(change.seq, change.was) for change in self.dice.sample(back, min(2, len(back)))]
        change_verdicts([*dict(chosen).items()], case_id=1, reason="case 1", at=now)

    def _id(self) -> bytes:
        self._made += 1
        return self._made.to_bytes(16, "big")


def quick() -> None:
    """Spares a test the waiting for the disk: what it is about is not whether a commit lasts."""
    connection = open_store()._connections.get()  # type: ignore[attr-defined]
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def send_all(drafts: list[Draft]) -> None:
    """Appends drafts in batches."""
    for start in range(0, len(drafts), 50):
        outcomes = open_store().append(drafts[start : start + 50])
        assert {outcome.status for outcome in outcomes} == {"accepted"}
