"""Which columns of My Beats an account wants to see."""

from __future__ import annotations

import json
from collections.abc import Iterable

from backline.core import sql
from backline.people.models import Account
from backline.web.models import ListColumns

LIST = "beats"
# The name and the actions always stay.
COLUMNS = {
    "music": "BPM, key",
    "length": "Length",
    "plays": "Plays",
    "days": "30 days",
    "growth": "Growth",
    "points": "Pool points",
    "completeness": "Completeness",
    "visibility": "Visibility, licensing",
    "dates": "Published, updated",
}


def hidden_columns(account: Account) -> frozenset[str]:
    """The columns the account hid. One query."""
    found = sql.rows(
        "SELECT hidden FROM web_listcolumns WHERE account_id = %s AND list = %s", account.pk, LIST
    )
    return frozenset(name for (hidden,) in found for name in json.loads(hidden))


def show_columns(account: Account, *, shown: Iterable[str]) -> None:
    """From now on the account sees these columns and no others."""
    hidden = [name for name in COLUMNS if name not in set(shown)]
    ListColumns.objects.update_or_create(account=account, list=LIST, defaults={"hidden": hidden})
