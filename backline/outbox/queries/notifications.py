"""What an account was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from backline.core import sql
from backline.core.paging import Paged, paged
from backline.domain.notices import GROUPS, NOTICES
from backline.outbox.models import ChannelChoice, Notification

_UNREAD = """
SELECT COUNT(*) FROM outbox_notification WHERE account_id = %s AND shown AND read_at IS NULL
"""


@dataclass(frozen=True)
class Told:
    """One notification as screens show it. `group` and `title` are empty for a kind that is no longer declared."""

    id: int
    kind: str
    group: str
    title: str
    text: str
    url: str
    at: datetime
    read: bool


def unread_count(account_id: int) -> int:
    """How many shown notifications of the account are unread. One query."""
    return int(sql.rows(_UNREAD, account_id)[0][0])


def notification_page(account_id: int, *, group: str, page: int, size: int) -> Paged[Told]:
    """A page of the shown ones, newest first. `group` empty: all groups. Two queries."""
    rows = _shown(account_id)
    if group:
        rows = rows.filter(kind__in=[notice.kind for notice in NOTICES.values() if notice.group == group])
    return paged(rows, page=page, size=size, read=_told)


def notification(account_id: int, notification_id: int) -> Told | None:
    """One of the account's, or None. One query."""
    row = _shown(account_id).filter(pk=notification_id).first()
    return _told(row) if row else None


def channel_choices(account_id: int) -> dict[tuple[str, str], bool]:
    """For every group and channel whether the account gets it: chosen, or the default. One query."""
    rows = ChannelChoice.objects.filter(account_id=account_id).values_list("group", "channel", "on")
    chosen = {(group, channel): on for group, channel, on in rows}
    return {
        (group.key, channel): chosen.get((group.key, channel), group.by_default(channel))
        for group in GROUPS.values()
        for channel in group.channels
    }


def next_wanting_mail(group: str, *, after: int) -> int | None:
    """The next account above `after` that chose a group by mail and may sign in. One query."""
    chosen = ChannelChoice.objects.filter(group=group, channel="mail", on=True, account__is_active=True)
    above = chosen.filter(account_id__gt=after).order_by("account_id")
    return above.values_list("account_id", flat=True).first()


def _shown(account_id: int) -> QuerySet[Notification]:
    return Notification.objects.filter(account_id=account_id, shown=True).order_by("-at", "-pk")


def _told(row: Notification) -> Told:
    notice = NOTICES.get(row.kind)
    return Told(
        row.pk,
        row.kind,
        notice.group if notice else "",
        notice.title if notice else "",
        row.text,
        row.url,
        row.at,
        row.read_at is not None,
    )
