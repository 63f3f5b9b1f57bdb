"""The group commit of the listening store: batches of events that arrive at the same time are one transaction."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import cast

from backline.core.group import Group, Troubles
from backline.listening.store.interface import Store, StoreBusyError, StoreError, StoreFullError
from backline.listening.store.rows import Draft, Outcome

MOST_TOGETHER = 2_000
MOST_WAITING = 8_000


class QueueFullError(StoreBusyError):
    """Too much waits to be written already; nothing was written."""


def group_of(
    store: Store, *, together: int = MOST_TOGETHER, waiting: int = MOST_WAITING
) -> Group[Draft, Outcome]:
    """A group in front of a store."""
    return Group(store.append, together=together, waiting=waiting, troubles=_TROUBLES)


def _may_be_one_batchs_fault(error: Exception) -> bool:
    return isinstance(error, StoreFullError) or not isinstance(error, StoreError)


_TROUBLES = Troubles(
    full=lambda: QueueFullError("too many events wait to be written"),
    ended=lambda: StoreError("the writing thread was ended"),
    one_batchs_fault=_may_be_one_batchs_fault,
)


@lru_cache(maxsize=4)
def _kept(store: Hashable) -> Group[Draft, Outcome]:
    return group_of(cast(Store, store))


def grouped(store: Store) -> Group[Draft, Outcome]:
    """The group of a store; the same one for every thread of a process."""
    return _kept(cast(Hashable, store))
