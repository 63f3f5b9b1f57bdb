"""Group commit: batches that arrive at the same time are written in one transaction by one of the threads with them.

The first to come writes at once; who comes while it writes waits, and all of those are the next group. So nobody waits
alone, and a disk that syncs slowly only makes the groups larger. It works in front of any store.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import cast
from weakref import WeakMethod

from backline.listening.store.interface import Store, StoreBusyError, StoreError, StoreFullError
from backline.listening.store.rows import Draft, Outcome

MOST_TOGETHER = 2_000
MOST_WAITING = 8_000


class QueueFullError(StoreBusyError):
    """Too much waits to be written already; nothing was written."""


class _Batch:
    """One caller's drafts on their way. `woken` says: look, there is an answer, or it is your turn to write."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts
        self.woken = threading.Event()
        self.answer: list[Outcome] | Exception | None = None

    def result(self) -> list[Outcome]:
        if isinstance(self.answer, list):
            return self.answer
        assert self.answer is not None
        raise self.answer


class Group:
    """The batches of one process for one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reset()
        reset = WeakMethod(self._reset)
        # A child begins without the batches and the locks of its parent's threads.
        os.register_at_fork(after_in_child=lambda: (again := reset()) and again())

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[_Batch] = deque()
        self._held = 0
        self._led = False

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """As `Store.append`: returns after the commit. What others sent along can neither fail nor delay it for long.

        Raises:
            QueueFullError: more than `MOST_WAITING` drafts wait already.
            StoreError: as the store says; nothing of this batch was written.
        """
        batch = _Batch(drafts)
        with self._lock:
            if self._waiting and self._held + len(drafts) > MOST_WAITING:
                raise QueueFullError("too many events wait to be written")
            self._waiting.append(batch)
            self._held += len(drafts)
            leads, self._led = not self._led, True
        if not leads:
            batch.woken.wait()
        if batch.answer is None:
            self._lead()
        return batch.result()

    def _lead(self) -> None:
        """Writes the oldest waiting batches, the caller's own first among them, and hands the lead on."""
        group = self._take()
        try:
            self._write(group)
        finally:
            with self._lock:
                self._held -= sum(len(batch.drafts) for batch in group)
                following = self._waiting[0] if self._waiting else None
                self._led = following is not None
            if following is not None:
                following.woken.set()
            for batch in group:
                if batch.answer is None:
                    batch.answer = StoreError("the writing thread was ended")
                batch.woken.set()

    def _take(self) -> list[_Batch]:
        with self._lock:
            group = [self._waiting.popleft()]
            size = len(group[0].drafts)
            while self._waiting and size + len(self._waiting[0].drafts) <= MOST_TOGETHER:
                group.append(self._waiting.popleft())
                size += len(group[-1].drafts)
        return group

    def _write(self, group: list[_Batch]) -> None:
        try:
            outcomes = iter(self._store.append([draft for batch in group for draft in batch.drafts]))
            for batch in group:
                batch.answer = [next(outcomes) for _ in batch.drafts]
        except Exception as error:
            if len(group) == 1 or not _may_be_one_batchs_fault(error):
                for batch in group:
                    batch.answer = error
                return
            # Nothing was written. Alone, each gets what is its own: a smaller batch may still fit, a sound one passes.
            for batch in group:
                self._write([batch])


def _may_be_one_batchs_fault(error: Exception) -> bool:
    return isinstance(error, StoreFullError) or not isinstance(error, StoreError)


@lru_cache(maxsize=4)
def _group_of(store: Hashable) -> Group:
    return Group(cast(Store, store))


def grouped(store: Store) -> Group:
    """The group of a store; the same one for every thread of a process."""
    return _group_of(cast(Hashable, store))
