"""Writes: facts for the layers above, notifications for people, mail."""

from backline.outbox.actions.audit import record_audit, take_addresses_out
from backline.outbox.actions.facts import record_fact
from backline.outbox.actions.mails import queue_mail, send_next
from backline.outbox.actions.notifications import choose_channels, mark_read, notify

__all__ = [
    "choose_channels",
    "mark_read",
    "notify",
    "queue_mail",
    "record_audit",
    "record_fact",
    "send_next",
    "take_addresses_out",
]
