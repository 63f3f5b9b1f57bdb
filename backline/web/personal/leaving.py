"""Leaving for good: the person, and what the screens remembered of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.people import actions
from backline.people.models import Account
from backline.web.models import ListColumns, Opened, WeekSummed


def leave(account: Account, *, now: datetime) -> None:
    """Deletes the account, and what it opened, how it wanted lists, and which weeks were summed up for it.

    Raises:
        NotPossible: as `people.actions.delete_account`.
    """
    with transaction.atomic():
        actions.delete_account(account, now=now)
        for remembered in (Opened, ListColumns, WeekSummed):
            remembered._default_manager.filter(account=account).delete()
