"""What was done is kept; the address of who is gone is not."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.outbox.actions import record_audit, take_addresses_out
from backline.outbox.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("invited lee@example.com as analyst", "invited a deleted account as analyst"),
        ("invited LEE@example.com.", "invited a deleted account."),
        ("invited ashlee@example.com", "invited ashlee@example.com"),
        ("invited my-lee@example.com, lee@example.com", "invited my-lee@example.com, a deleted account"),
        ("invited lee@example.community", "invited lee@example.community"),
        ("invited lee@example.com.au", "invited lee@example.com.au"),
        ("removed Ada", "removed Ada"),
    ],
)
def test_only_that_address_goes(text: str, left: str, now: datetime):
    record_audit(text, account_id=None, topic="members", now=now)
    take_addresses_out(["lee@example.com"])
    assert AuditEntry.objects.get().text == left
