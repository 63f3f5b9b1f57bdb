"""Starting a rule of the pool, with its entry in the audit log."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from backline.money.actions import start_pool_rule
from backline.outbox.actions import record_audit
from backline.people.models import Account


def begin_rule(rule: str, *, from_month: date, by: Account, now: datetime) -> None:
    """Divides the pool by `rule` from a month on that has not begun.

    Raises:
        RuleTooLate: it has begun.
    """
    with transaction.atomic():
        row = start_pool_rule(rule, from_month=from_month, by=by, now=now)
        text = f"set the rule of the pool from {from_month:%Y-%m} on to {row.get_rule_display()}"
        record_audit(text, account_id=by.pk, topic="pool", now=now)
