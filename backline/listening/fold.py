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
from backline.listening.store import ACCOUNT_KEY, open_store
from backline.listening.store.interface import FoldSession
from backline.listening.store.rows import Mark, MarkKind
from backline.listening.tallying import Batch
from backline.outbox.models import Fact

PORTION = 2_000
RECENT_MINUTES = 10
LISTEN, DOWNLOAD, MARK, FACT = "listen", "download", "mark", "fact"
KINDS = {
    Fact.Kind.LIKED: MarkKind.LIKE,
    Fact.Kind.UNLIKED: MarkKind.LIKE,
    Fact.Kind.FOLLOWED: MarkKind.FOLLOW,
    Fact.Kind.UNFOLLOWED: MarkKind.FOLLOW,
}
GIVEN = {Fact.Kind.LIKED, Fact.Kind.FOLLOWED}

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


def rebuild(*, from_day: int | None = None) -> int:
    """Judges and counts the log again, from a day number on (all of it by default); answers how many listens.

    The result is identical to what the fold made of the same rows. Readers see the old figures until it is done.
    """
    first_day = -(1 << 40) if from_day is None else from_day
    with open_store().folding() as session:
        listens, downloads = session.first_of_days(first_day)
        session.clear_days(first_day)
        count = _again_listens(session, first_day, listens - 1)
        _again_downloads(session, first_day, downloads - 1)
        _again_marks(session, first_day)
        session.recount_totals()
    return count


def _fold_portion(session: FoldSession, book: HistoryBook, now: datetime) -> int:
    batch = Batch(session)
    now_ms = to_ms(now)
    watermark = session.watermark(LISTEN)
    book.open_at(watermark)
    listens = session.listens(watermark, PORTION)
    batch.add_listens(listens, book)
    downloads = session.downloads(session.watermark(DOWNLOAD), PORTION)
    batch.add_downloads(downloads)
    marks = _fold_marks(session, batch, now_ms)
    _write(session, batch)
    oldest = now_ms // 60_000 - RECENT_MINUTES
    session.add_minutes({key: plays for key, plays in batch.minutes.items() if key[1] >= oldest}, oldest)
    for name, rows in ((LISTEN, listens), (DOWNLOAD, downloads)):
        if rows:
            session.advance(name, rows[-1].seq, now_ms)
    book.close_at(listens[-1].seq if listens else watermark)
    return len(listens) + len(downloads) + marks


def _write(session: FoldSession, batch: Batch) -> None:
    session.record_listens(batch.listens, RULES_VERSION)
    session.record_downloads(batch.downloads, RULES_VERSION)
    session.list_downloads(batch.listed)
    session.add(batch.tallies)


def _fold_marks(session: FoldSession, batch: Batch, now_ms: int) -> int:
    """Likes and follows: those that came as events, then those of our own accounts from the outbox."""
    events = session.marks(session.watermark(MARK), PORTION)
    facts = list(Fact.objects.filter(id__gt=session.watermark(FACT)).order_by("id")[:PORTION])
    for mark in [*(mark for _, mark in events), *_marks_of(session, facts)]:
        changed = session.set_mark(mark)
        if changed is not None:
            batch.add_mark(changed)
    if events:
        session.advance(MARK, events[-1][0], now_ms)
    if facts:
        session.advance(FACT, facts[-1].pk, now_ms)
        _books.fact = facts[-1].pk
    return len(events) + len(facts)


def _marks_of(session: FoldSession, facts: Sequence[Fact]) -> list[Mark]:
    liked = {fact.beat_id for fact in facts if fact.beat_id is not None}
    beats = beat_facts(liked, now=facts[-1].at) if liked else {}
    marks = []
    for fact in facts:
        kind = KINDS.get(Fact.Kind(fact.kind))
        target = fact.artist_id if kind is MarkKind.FOLLOW else fact.beat_id
        if kind is None or target is None:
            continue
        beat = beats.get(target) if kind is MarkKind.LIKE else None
        artists = (
            beat.artists_at(fact.at) if beat else (fact.artist_id,) if fact.artist_id is not None else ()
        )
        day, _ = reporting().day_and_hour(to_ms(fact.at))
        account = session.number_of_account(f"{ACCOUNT_KEY}{fact.account_id}")
        marks.append(
            Mark(
                int(kind),
                target,
                account,
                session.number_of_artists(artists),
                day,
                Fact.Kind(fact.kind) in GIVEN,
            )
        )
    return marks


def _again_listens(session: FoldSession, first_day: int, after: int) -> int:
    book, last, count = HistoryBook(), session.watermark(LISTEN), 0
    while rows := [row for row in session.listens(after, PORTION) if row.seq <= last]:
        after = rows[-1].seq
        again = [row for row in rows if row.day >= first_day]
        batch = Batch(session)
        batch.add_listens(again, book)
        _write(session, batch)
        book.close_at(after)
        count += len(again)
    return count


def _again_downloads(session: FoldSession, first_day: int, after: int) -> None:
    last = session.watermark(DOWNLOAD)
    while rows := [row for row in session.downloads(after, PORTION) if row.seq <= last]:
        after = rows[-1].seq
        batch = Batch(session)
        batch.add_downloads([row for row in rows if row.day >= first_day])
        _write(session, batch)


def _again_marks(session: FoldSession, first_day: int) -> None:
    batch = Batch(session)
    for mark in session.marks_from(first_day):
        batch.add_mark(mark)
    session.add(batch.tallies)


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
