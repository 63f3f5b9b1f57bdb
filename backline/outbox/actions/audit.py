"""Who changed what."""

from __future__ import annotations

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
