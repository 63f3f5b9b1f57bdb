"""Writing facts: inside the caller's transaction, so that a fact exists exactly when its cause does."""

from __future__ import annotations

from datetime import datetime

from backline.outbox.models import Fact


def record_fact(
    kind: Fact.Kind,
    *,
    account_id: int,
    now: datetime,
    artist_id: int | None = None,
    beat_id: int | None = None,
) -> Fact:
    """Appends one fact. Call it inside the transaction that makes it true."""
    return Fact.objects.create(kind=kind, at=now, account_id=account_id, artist_id=artist_id, beat_id=beat_id)
