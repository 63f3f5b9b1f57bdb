"""What the worker runs for listening. Each job says whether it did anything."""

from __future__ import annotations

from backline.core import clock
from backline.listening import actions
from backline.listening.fold import fold


def fold_listens() -> bool:
    """Folds one portion: run it every second."""
    return bool(fold(now=clock.now()))


def close_idle_listens() -> bool:
    """Closes listens that ended without a word: run it every half minute."""
    return bool(actions.close_idle_listens(now=clock.now()))


def forget_closed_days() -> bool:
    """Forgets signed-out listeners of closed days: run it every hour. There is never more to do at once."""
    actions.forget_closed_days(now=clock.now())
    return False
