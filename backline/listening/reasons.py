"""Why intake did not take an item: a closed set, answered with the field it is about."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The reason of an answer other than `accepted`."""

    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    WRONG_FORMAT = "wrong_format"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"
    NOT_ALLOWED = "not_allowed"
    FUTURE = "future"
    LATE = "late"
    ALREADY_RECEIVED = "already_received"
    OTHER_LISTEN = "other_listen"
    WRONG_TICKET = "wrong_ticket"


class RefusedError(Exception):
    """One item is not taken."""

    def __init__(self, field: str, reason: Reason, detail: str) -> None:
        super().__init__(f"{field} {detail}")
        self.field = field
        self.reason = reason
        self.detail = detail
