"""What an account opened last."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.people.models import Account
from backline.web.models import Opened

MOST = 20


def remember(account: Account, *, kind: str, number: int, now: datetime) -> None:
    """Puts a thing first among those the account opened; what was opened longest ago makes room."""
    with transaction.atomic():
        Opened.objects.update_or_create(account=account, kind=kind, number=number, defaults={"at": now})
        kept = Opened.objects.filter(account=account).order_by("-at", "-id").values_list("id", flat=True)
        if len(ids := list(kept[: MOST + 1])) > MOST:
            Opened.objects.filter(account=account).exclude(id__in=ids[:MOST]).delete()
