"""Who changed what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from backline.outbox.models import AuditEntry


def record_audit(
    text: str, *, account_id: int | None, topic: str, now: datetime, artist_id: int | None = None
) -> AuditEntry:
    """Notes that an account did this; None is the platform itself. Call it inside the transaction that does it.

    `text` goes on after the name: "removed Ada".
    """
    return AuditEntry.objects.create(
        at=now, account_id=account_id, artist_id=artist_id, topic=topic, text=text[:300]
    )


def take_addresses_out(addresses: Iterable[str]) -> None:
    """Takes the addresses of somebody who is gone out of what was noted; that it was done, when and by whom stays.

    Reads the whole log: few people leave, and an index for this would cost every entry.
    """
    for address in addresses:
        whole = re.compile(rf"(?<![\w.+-]){re.escape(address)}(?!\.?[\w-])", re.IGNORECASE)
        for entry in AuditEntry.objects.filter(text__icontains=address):
            AuditEntry.objects.filter(pk=entry.pk).update(text=whole.sub("a deleted account", entry.text))
