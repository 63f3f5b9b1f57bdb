"""The close of a reporting day, 72 hours after it ended: the second, stored step after the fold.

In the order of days, each in one transaction: what is still open of the day becomes final and is folded; the network
rule takes plays back, as changes of verdicts; salts and dictionaries of signed-out listeners are destroyed; a row says
that the day is closed. From then on the store answers *late* to events of the day, which only a clock that was wrong
can bring: intake refuses what began more than 48 hours ago.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from backline.domain.network import taken_back
from backline.domain.verdicts import Verdict
from backline.listening.calendar import reporting, to_ms
from backline.listening.changing import apply_changes
from backline.listening.months import merge_old_days, publish_month
from backline.listening.store import open_store
from backline.listening.store.closes import ClosedDay, JudgedListen
from backline.listening.store.interface import FoldSession
from backline.listening.store.rows import CODES, COUNTED

CLOSES_AFTER = timedelta(hours=72)
NETWORK = CODES[Verdict.NETWORK]
NETWORK_REASON = "network"


def close_next_day(*, now: datetime) -> bool:
    """Closes the next day that ended 72 hours ago; whether anything was done.

    A day whose listens are not all folded yet waits for the fold.
    """
    last_closable = reporting().day_and_hour(to_ms(now - CLOSES_AFTER))[0] - 1
    if (open_store().last_closed() or last_closable - 1) >= last_closable:
        return False
    with open_store().folding() as session:
        days = session.days_to_close()
        day = 0 if days is None else days[1] + 1 if days[1] else days[0]
        if not day or day > last_closable:
            return False
        if session.end_open(day, to_ms(now)):
            return True
        if not session.is_folded(day):
            return False
        _close(session, day, to_ms(now))
    return True


def close_all(*, now: datetime) -> int:
    """Closes every day that can be closed, publishes and merges months; answers how many steps it took."""
    steps = 0
    while close_next_day(now=now) or publish_month() or merge_old_days():
        steps += 1
    return steps


def _close(session: FoldSession, day: int, now_ms: int) -> None:
    taken = taken_back((row.listen.beat, row.listen.network) for row in session.judged(day) if _is_guest(row))
    if taken:
        changes = [
            (row.listen.seq, NETWORK)
            for row in session.judged(day)
            if _is_guest(row) and row.listen.network and taken.get(row.listen.beat) == row.listen.network
        ]
        apply_changes(session, changes, case_id=None, reason=NETWORK_REASON, at_ms=now_ms)
    received, counted, digest = _sums(session.judged(day))
    session.destroy_keys(day)
    session.record_close(ClosedDay(day, now_ms, received, counted, session.last_change(), digest))


def _is_guest(row: JudgedListen) -> bool:
    """Whether it is a signed-out play."""
    return row.verdict == COUNTED and row.listen.listener < 0


def _sums(rows: Iterable[JudgedListen]) -> tuple[int, int, bytes]:
    """Received, counted, and a digest over number and verdict of every listen in log order."""
    received = counted = 0
    digest = hashlib.blake2b(digest_size=16)
    for row in rows:
        received += 1
        counted += row.verdict == COUNTED
        digest.update(b"%d %d;" % (row.listen.seq, row.verdict))
    return received, counted, digest.digest()
