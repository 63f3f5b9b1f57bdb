"""Deleted accounts: the listening store forgets whose their numbers were; plays and totals stay.

The work is in the store itself: a deleted account's key that it still holds. So a run that died is taken up by the
next, and a store that was restored from a backup forgets again (`docs/decisions/0013-forgetting-listeners.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from backline.listening.facts import deleted_accounts
from backline.listening.fold import FACT
from backline.listening.store import ACCOUNT_KEY, open_store
from backline.outbox.models import Fact

# What was on its way when the account was deleted is in the store by then.
AFTER = timedelta(hours=1)
PORTION = 500


def forget_deleted(*, now: datetime, needed: Callable[[Mapping[int, datetime]], set[int]]) -> int:
    """Makes the numbers of accounts that were deleted an hour ago or earlier nobody's; answers how many.

    Accounts that are `needed`, and those with likes or follows that are not folded yet, wait for a later run.
    """
    return sum(_forget(some, needed) for some in _portions(now - AFTER))


def _forget(deleted: Mapping[int, datetime], needed: Callable[[Mapping[int, datetime]], set[int]]) -> int:
    store = open_store()
    known = store.account_numbers([f"{ACCOUNT_KEY}{account_id}" for account_id in deleted])
    if not known:
        return 0
    due = {account_id: at for account_id, at in deleted.items() if f"{ACCOUNT_KEY}{account_id}" in known}
    free = due.keys() - needed(due) - _to_fold(due)
    return store.unlink_accounts([f"{ACCOUNT_KEY}{account_id}" for account_id in free]) if free else 0


def _to_fold(account_ids: Mapping[int, datetime]) -> set[int]:
    with open_store().folding() as session:
        reached = session.watermark(FACT)
    waiting = Fact.objects.filter(pk__gt=reached, account_id__in=[*account_ids])
    return set(waiting.values_list("account_id", flat=True))


def _portions(until: datetime) -> Iterator[dict[int, datetime]]:
    deleted = deleted_accounts(until=until)
    while some := dict(islice(deleted, PORTION)):
        yield some
