"""Who changed what, for those who may look it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from backline.core.paging import Paged, paged
from backline.outbox.models import AuditEntry


@dataclass(frozen=True)
class AuditLine:
    """One change: who ("" for the platform), what, when; of an artist's affairs or, with None, of nobody's."""

    at: datetime
    who: str
    text: str
    topic: str
    artist_id: int | None = None
    account_id: int | None = None


def audit_of_artist(artist_id: int, *, limit: int) -> list[AuditLine]:
    """The newest changes of the artist's affairs. One query."""
    entries = AuditEntry.objects.filter(artist_id=artist_id).select_related("account").order_by("-at", "-pk")
    return [_line(entry) for entry in entries[:limit]]


def audit_page(*, topic: str, account: str, page: int, size: int) -> Paged[AuditLine]:
    """A page of all changes, newest first. Two queries.

    `topic` empty: all; `account` is a part of the name or address of who did it, empty for everybody.
    """
    found = _found(topic, account).select_related("account").order_by("-pk")
    return paged(found, page=page, size=size, read=_line)


def audit_topics() -> list[str]:
    """The topics there are entries of."""
    return list(AuditEntry.objects.order_by("topic").values_list("topic", flat=True).distinct())


def _found(topic: str, account: str) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.all()
    if topic:
        found = found.filter(topic=topic)
    if account:
        found = found.filter(Q(account__email__icontains=account) | Q(account__name__icontains=account))
    return found


def _line(entry: AuditEntry) -> AuditLine:
    who = str(entry.account) if entry.account else ""
    return AuditLine(entry.at, who, entry.text, entry.topic, entry.artist_id, entry.account_id)
