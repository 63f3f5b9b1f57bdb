"""Group commit: one transaction for what waits together, each caller its own answer, nobody waits alone."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from backline.listening.store.group import QueueFullError, group_of
from backline.listening.store.interface import StoreBusyError, StoreError, StoreFullError
from backline.listening.store.rows import Draft, ImpressionsDraft, Outcome, Status


class Slow:
    """A store that writes when the test says so, and fails for drafts that the test calls bad."""

    def __init__(self, bad: dict[bytes, Exception] | None = None) -> None:
        self.groups: list[list[bytes]] = []
        self.begun = threading.Semaphore(0)
        self.may_write = threading.Semaphore(0)
        self.bad = bad or {}

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        self.groups.append([draft.id for draft in drafts])
        self.begun.release()
        assert self.may_write.acquire(timeout=10)
        for draft in drafts:
            if draft.id in self.bad:
                raise self.bad[draft.id]
        return [Outcome(Status.ACCEPTED, detail=draft.id.decode()) for draft in drafts]


def drafts(*names: str) -> list[Draft]:
    return [ImpressionsDraft(name.encode(), (), 0, 0) for name in names]


class Callers:
    """Threads that bring one batch each, one after the other."""

    def __init__(self, store: Slow, **most: int) -> None:
        self.store = store
        self.group = group_of(store, **most)  # type: ignore[arg-type]
        self.answers: dict[str, Any] = {}
        self.threads: list[threading.Thread] = []

    def bring(self, *names: str) -> None:
        before = len(self.group._waiting)
        thread = threading.Thread(target=self._append, args=(names,))
        thread.start()
        self.threads.append(thread)
        if len(self.threads) == 1:
            assert self.store.begun.acquire(timeout=10)
            return
        while len(self.group._waiting) == before:
            pass

    def _append(self, names: tuple[str, ...]) -> None:
        try:
            self.answers[names[0]] = [outcome.detail for outcome in self.group.append(drafts(*names))]
        except BaseException as error:
            self.answers[names[0]] = error

    def all_answered(self) -> dict[str, Any]:
        self.store.may_write.release(100)
        for thread in self.threads:
            thread.join(timeout=10)
        return self.answers


def test_what_comes_while_one_writes_is_written_together():
    callers = Callers(Slow())
    for names in (["a"], ["b", "c"], ["d"], ["e", "f"]):
        callers.bring(*names)
    assert callers.all_answered() == {"a": ["a"], "b": ["b", "c"], "d": ["d"], "e": ["e", "f"]}
    assert callers.store.groups == [[b"a"], [b"b", b"c", b"d", b"e", b"f"]]


def test_alone_it_writes_at_once_and_again():
    store = Slow()
    group = group_of(store)  # type: ignore[arg-type]
    store.may_write.release(2)
    assert [outcome.detail for outcome in group.append(drafts("a"))] == ["a"]
    assert [outcome.detail for outcome in group.append(drafts("b"))] == ["b"]


def test_a_batch_that_cannot_be_written_spoils_no_other():
    callers = Callers(Slow({b"c": sqlite3.IntegrityError("broken"), b"d": StoreFullError("too large")}))
    for names in (["a"], ["b"], ["c", "x"], ["d"], ["e"]):
        callers.bring(*names)
    answers = callers.all_answered()
    assert (answers["a"], answers["b"], answers["e"]) == (["a"], ["b"], ["e"])
    assert isinstance(answers["c"], sqlite3.IntegrityError)
    assert isinstance(answers["d"], StoreFullError)


def test_a_store_that_is_away_is_asked_once_for_all():
    callers = Callers(Slow({b"b": StoreBusyError("locked")}))
    for name in "abc":
        callers.bring(name)
    answers = callers.all_answered()
    assert answers["a"] == ["a"]
    assert isinstance(answers["b"], StoreBusyError)
    assert isinstance(answers["c"], StoreBusyError)
    assert len(callers.store.groups) == 2


def test_a_writer_that_is_ended_leaves_nobody_waiting():
    callers = Callers(Slow({b"b": SystemExit()}))  # type: ignore[dict-item]
    for name in "abcd":
        callers.bring(name)
    answers = callers.all_answered()
    assert answers["a"] == ["a"]
    assert [type(answers.get(name)) for name in "cd"] == [StoreError, StoreError]


def test_a_group_has_a_largest_size():
    callers = Callers(Slow(), together=3)
    for names in (["a"], ["b", "c"], ["d", "e"], ["f"]):
        callers.bring(*names)
    callers.all_answered()
    assert callers.store.groups == [[b"a"], [b"b", b"c"], [b"d", b"e", b"f"]]


def test_more_than_may_wait_is_sent_away():
    callers = Callers(Slow(), waiting=3)
    callers.bring("a")
    callers.bring("b", "c")
    with pytest.raises(QueueFullError):
        callers.group.append(drafts("d"))
    callers.all_answered()
    assert [outcome.detail for outcome in callers.group.append(drafts("d", "e", "f", "g"))] == [*"defg"]


def test_a_fork_begins_with_an_empty_group():
    callers = Callers(Slow())
    callers.bring("a")
    callers.bring("b")
    child = os.fork()
    if child == 0:
        # The parent's threads are not here: whoever waited for them would wait for ever.
        callers.store.may_write.release()
        fine = [outcome.detail for outcome in callers.group.append(drafts("c"))] == ["c"]
        os._exit(0 if fine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert callers.all_answered() == {"a": ["a"], "b": ["b"]}


def test_many_threads_with_a_real_store_get_what_they_would_get_alone(settings: Any):
    from backline.listening.store import open_store

    store = open_store()
    group = group_of(store)
    results: list[Status] = []

    def bring(number: int) -> None:
        for name in ("same", f"own {number}"):
            results.extend(outcome.status for outcome in group.append(drafts(name)))

    threads = [threading.Thread(target=bring, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [Status.ACCEPTED] * 17 + [Status.DUPLICATE] * 15
