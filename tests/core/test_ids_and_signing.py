"""Identifiers sort by time; signatures hold for one purpose and one message."""

from __future__ import annotations

from datetime import datetime, timedelta

from backline.core.ids import uuid7
from backline.core.signing import is_signed, signature


def test_uuid7_has_its_version_and_sorts_by_time(now: datetime) -> None:
    ids = [uuid7(now + timedelta(milliseconds=step)) for step in range(50)]
    assert all(one.version == 7 and one.variant == "specified in RFC 4122" for one in ids)
    assert ids == sorted(ids)
    assert len({uuid7(now) for _ in range(1000)}) == 1000
    assert ids[0].int >> 80 == int(now.timestamp() * 1000)


def test_a_signature_holds_for_its_purpose_and_message_only() -> None:
    mark = signature("media", "recording/7")
    assert is_signed("media", "recording/7", mark)
    assert not is_signed("media", "recording/8", mark)
    assert not is_signed("ticket", "recording/7", mark)
    assert not is_signed("media", "recording/7", "")
    assert not is_signed("media", "recording/7", "ä")
