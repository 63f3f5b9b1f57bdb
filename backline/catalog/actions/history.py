"""A beat's history: a row for each field that changed, written in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from backline.catalog.models import Beat, BeatChange
from backline.people.models import Account


def note_changes(
    beat: Beat, before: Mapping[str, str], after: Mapping[str, str], *, by: Account | None, now: datetime
) -> bool:
    """Keeps what differs between two states in words; says whether anything does."""
    rows = [
        BeatChange(beat=beat, by=by, at=now, field=field, before=before.get(field, ""), after=text)
        for field, text in after.items()
        if before.get(field, "") != text
    ]
    BeatChange.objects.bulk_create(rows)
    return bool(rows)


def note_change(
    beat: Beat, field: str, before: str, after: str, *, by: Account | None, now: datetime
) -> None:
    """Keeps one change; what did not change is no change."""
    note_changes(beat, {field: before}, {field: after}, by=by, now=now)
