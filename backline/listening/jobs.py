"""What the worker runs for listening. Each job says whether it did anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from backline.core import clock
from backline.listening import actions, cases, closing
from backline.listening.fold import fold
from backline.listening.forgetting import forget_deleted
from backline.listening.months import merge_old_days, publish_month
from backline.listening.rebuild import rebuild
from backline.listening.store import open_store


def fold_listens() -> bool:
    """Folds one portion: run it every second."""
    return bool(fold(now=clock.now()))


def close_idle_listens() -> bool:
    """Closes listens that ended without a word: run it every half minute."""
    return bool(actions.close_idle_listens(now=clock.now()))


def close_days() -> bool:
    """Closes a day that ended 72 hours ago, publishes a month, or merges old days: run it every minute."""
    return closing.close_next_day(now=clock.now()) or publish_month() or merge_old_days()


def forget_old_ids() -> bool:
    """Drops the ids of events that can no longer be repeated: run it every hour. There is never more to do at once."""
    actions.forget_old_ids(now=clock.now())
    return False


def forget_listeners(needed: Callable[[Mapping[int, datetime]], set[int]]) -> bool:
    """Takes away whose the listens of deleted accounts were: run it every hour.

    `needed` says of which of them, given when they were deleted, a layer above still has to know it.
    """
    return bool(forget_deleted(now=clock.now(), needed=needed))


def rebuild_after_upgrade() -> bool:
    """Makes the figures anew when an upgrade asked for it: run it every minute."""
    if not open_store().needs_rebuild():
        return False
    rebuild()
    return True


def carry_out_cases() -> bool:
    """Withdraws the plays of a decided case, or gives back those of a reversed one: run it every second."""
    return cases.carry_out_next(now=clock.now())
