"""Reads of the outbox: facts for the layers above, and what accounts were told."""

from backline.outbox.queries.audit import AuditLine, audit_of_artist, audit_page, audit_topics
from backline.outbox.queries.facts import facts_after
from backline.outbox.queries.notifications import (
    Told,
    channel_choices,
    next_wanting_mail,
    notification,
    notification_page,
    unread_count,
)

__all__ = [
    "AuditLine",
    "Told",
    "audit_of_artist",
    "audit_page",
    "audit_topics",
    "channel_choices",
    "facts_after",
    "next_wanting_mail",
    "notification",
    "notification_page",
    "unread_count",
]
