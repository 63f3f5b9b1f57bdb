"""Group commit: what arrives at the same time is written in one transaction by one of the threads that brought it.

The first to come writes at once; who comes while it writes waits, and all of those are the next group. So nobody waits
alone, and a disk that syncs slowly only makes the groups larger. It works in front of anything that writes a list.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakMethod

Item = TypeVar("Item")
Done = TypeVar("Done")


@dataclass(frozen=True)
class Troubles:
    """The exceptions a group raises, and which errors of a write may be the fault of one batch in it alone."""

    full: Callable[[], Exception]
    ended: Callable[[], Exception]
    """The thread that wrote for others was ended."""
    one_batchs_fault: Callable[[Exception], bool]


class _Batch(Generic[Item, Done]):
    """One caller's items on their way. `woken` says: look, there is an answer, or it is your turn to write."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.woken = threading.Event()
        self.answer: list[Done] | Exception | None = None

    def result(self) -> list[Done]:
        if isinstance(self.answer, list):
            return self.answer
        assert self.answer is not None
        raise self.answer


class Group(Generic[Item, Done]):
    """The batches of one process for one place; `write` writes all it is given, or nothing, and answers for each item.

    At most `together` items are written at once, and at most `waiting` wait.
    """

    def __init__(
        self,
        write: Callable[[list[Item]], list[Done]],
        *,
        together: int,
        waiting: int,
        troubles: Troubles,
    ) -> None:
        self._write_all, self._troubles = write, troubles
        self._together, self._most_waiting = together, waiting
        self._reset()
        reset = WeakMethod(self._reset)
        # A child begins without the batches and the locks of its parent's threads.
        os.register_at_fork(after_in_child=lambda: (again := reset()) and again())

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[_Batch[Item, Done]] = deque()
        self._held = 0
        self._led = False

    def append(self, items: Sequence[Item]) -> list[Done]:
        """Returns after the commit. What others sent along can neither fail nor delay it for long.

        Raises:
            Exception: `troubles.full()` when more wait already than may; else what writing these items raised.
        """
        batch: _Batch[Item, Done] = _Batch(items)
        with self._lock:
            if self._waiting and self._held + len(items) > self._most_waiting:
                raise self._troubles.full()
            self._waiting.append(batch)
            self._held += len(items)
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
                self._held -= sum(len(batch.items) for batch in group)
                following = self._waiting[0] if self._waiting else None
                self._led = following is not None
            if following is not None:
                following.woken.set()
            for batch in group:
                if batch.answer is None:
                    batch.answer = self._troubles.ended()
                batch.woken.set()

    def _take(self) -> list[_Batch[Item, Done]]:
        with self._lock:
            group = [self._waiting.popleft()]
            size = len(group[0].items)
            while self._waiting and size + len(self._waiting[0].items) <= self._together:
                group.append(self._waiting.popleft())
                size += len(group[-1].items)
        return group

    def _write(self, group: list[_Batch[Item, Done]]) -> None:
        try:
            outcomes = iter(self._write_all([item for batch in group for item in batch.items]))
            for batch in group:
                batch.answer = [next(outcomes) for _ in batch.items]
        except Exception as error:
            if len(group) == 1 or not self._troubles.one_batchs_fault(error):
                for batch in group:
                    batch.answer = error
                return
            # Nothing was written. Alone, each gets what is its own: a smaller batch may still fit, a sound one passes.
            for batch in group:
                self._write([batch])
