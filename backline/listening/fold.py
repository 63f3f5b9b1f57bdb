"""The fold: final listens, downloads, likes and follows above the watermarks become rollups, exactly once.

Everything of a fold happens in one transaction of the listening store, watermarks included: a fold that is cut off
leaves nothing, and of two at once the second begins where the first ended.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

from backline.domain.verdicts import RULES_VERSION
from backline.listening.calendar import reporting, to_ms
from backline.listening.facts import beat_facts
from backline.listening.history import HistoryBook
from backline.listening.months import add_late_marks
from backline.listening.store import ACCOUNT_KEY, open_store
from backline.listening.store.closes import MarkStep
from backline.listening.store.interface import FoldSession
from backline.listening.store.rows import Mark, MarkKind
from backline.listening.tallying import Batch
from backline.outbox.models import Fact
from backline.outbox.queries import facts_after

PORTION = 2_000
RECENT_MINUTES = 10
LISTEN, DOWNLOAD, MARK, FACT = "listen", "download", "mark", "fact"
# What a fact is one more (+1) or one fewer (-1) of.
MEANING = {
    Fact.Kind.LIKED: (MarkKind.LIKE, 1),
    Fact.Kind.UNLIKED: (MarkKind.LIKE, -1),
    Fact.Kind.FOLLOWED: (MarkKind.FOLLOW, 1),
    Fact.Kind.UNFOLLOWED: (MarkKind.FOLLOW, -1),
    Fact.Kind.LICENCE_ISSUED: (MarkKind.LICENCE, 1),
    Fact.Kind.LICENCE_REVOKED: (MarkKind.LICENCE, -1),
    Fact.Kind.SALE: (MarkKind.SALE, 1),
    Fact.Kind.SALE_REVERSED: (MarkKind.SALE, -1),
}
KEPT = {MarkKind.LIKE, MarkKind.FOLLOW}

_books = threading.local()


def fold(*, now: datetime) -> int:
    """Folds one portion of what waits; answers how many log rows and facts it took, 0 when nothing waited."""
    book = _book()
    if not open_store().freshness()[1] and not _facts_wait():
        return 0
    with open_store().folding() as session:
        return _fold_portion(session, book, now)


def fold_all(*, now: datetime) -> int:
    """Folds until nothing waits; answers how much it took."""
    total = 0
    while taken := fold(now=now):
        total += taken
    return total


def _fold_portion(session: FoldSession, book: HistoryBook, now: datetime) -> int:
    batch = Batch(session)
    now_ms = to_ms(now)
    watermark = session.watermark(LISTEN)
    book.open_at(watermark)
    listens = session.listens(watermark, PORTION)
    batch.add_listens(listens, book)
    downloads = session.downloads(session.watermark(DOWNLOAD), PORTION)
    batch.add_downloads(downloads)
    marks, steps = _fold_marks(session, batch, now_ms)
    write(session, batch)
    add_late_marks(session, steps)
    oldest = now_ms // 60_000 - RECENT_MINUTES
    session.add_minutes({key: plays for key, plays in batch.minutes.items() if key[1] >= oldest}, oldest)
    for name, rows in ((LISTEN, listens), (DOWNLOAD, downloads)):
        if rows:
            session.advance(name, rows[-1].seq, now_ms)
    book.close_at(listens[-1].seq if listens else watermark)
    return len(listens) + len(downloads) + marks


def write(session: FoldSession, batch: Batch) -> None:
    """Stores the verdicts and adds the tallies."""
    record(session, batch)
    session.add(batch.tallies)


def record(session: FoldSession, batch: Batch) -> None:
    """Stores the verdicts and lists the downloads."""
    session.record_listens(batch.listens, RULES_VERSION)
    session.record_downloads(batch.downloads, RULES_VERSION)
    session.list_downloads(batch.listed)


def _fold_marks(session: FoldSession, batch: Batch, now_ms: int) -> tuple[int, list[MarkStep]]:
    """Likes, follows, licences and sales: those that came as events, then those from the outbox.

    Answers how many were taken and what they changed.
    """
    events = session.marks(session.watermark(MARK), PORTION)
    facts = facts_after(session.watermark(FACT), limit=PORTION)
    steps = [step for _, mark in events for step in _keep(session, mark)]
    steps += _steps_of(session, facts)
    session.add_mark_steps(steps)
    for step in steps:
        batch.add_mark(step)
    if events:
        session.advance(MARK, events[-1][0], now_ms)
    if facts:
        session.advance(FACT, facts[-1].pk, now_ms)
        _books.fact = facts[-1].pk
    return len(events) + len(facts), steps


def _keep(session: FoldSession, mark: Mark) -> list[MarkStep]:
    """What a like or follow given or taken back changes: nothing when it was so already."""
    changed = session.set_mark(mark)
    if changed is None:
        return []
    return [MarkStep(mark.kind, mark.target, changed.artists, changed.day, 1 if mark.given else -1)]


def _steps_of(session: FoldSession, facts: Sequence[Fact]) -> list[MarkStep]:
    named = {fact.beat_id for fact in facts if fact.beat_id is not None}
    beats = beat_facts(named, now=facts[-1].at) if named else {}
    steps: list[MarkStep] = []
    for fact in facts:
        kind, step = MEANING.get(Fact.Kind(fact.kind), (None, 0))
        target = fact.artist_id if kind is MarkKind.FOLLOW else fact.beat_id
        if kind is None or target is None:
            continue
        beat = None if kind is MarkKind.FOLLOW else beats.get(target)
        artists = (
            beat.artists_at(fact.at) if beat else (fact.artist_id,) if fact.artist_id is not None else ()
        )
        day, _ = reporting().day_and_hour(to_ms(fact.at))
        set_no = session.number_of_artists(artists)
        if kind in KEPT:
            account = session.number_of_account(f"{ACCOUNT_KEY}{fact.account_id}")
            steps += _keep(session, Mark(int(kind), target, account, set_no, day, step > 0))
        else:
            steps.append(MarkStep(int(kind), target, set_no, day, step))
    return steps


def _facts_wait() -> bool:
    newest = Fact.objects.order_by("-id").values_list("id", flat=True).first()
    return newest is not None and newest > getattr(_books, "fact", 0)


def _book() -> HistoryBook:
    """This thread's histories; another thread or store begins with its own."""
    store = open_store()
    if getattr(_books, "store", None) is not store:
        _books.store, _books.book, _books.fact = store, HistoryBook(), 0
    book: HistoryBook = _books.book
    return book
