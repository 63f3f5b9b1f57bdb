"""The signature of a webhook: HMAC-SHA256 over its time and its raw body, under one of several secrets."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

TOLERANCE_S = 300


def is_signed(body: bytes, header: str, *, secrets: Sequence[str], now_s: float) -> bool:
    """Whether the header signs the body, at most 300 seconds before or after now, under any of the secrets.

    The header is `t=<seconds>,v1=<hex>[,v1=<hex>]`; signatures of other schemes are passed over.

    >>> is_signed(b"{}", "t=0,v1=00", secrets=["whsec_a"], now_s=0)
    False
    """
    stamp, claimed = "", []
    for part in header.split(","):
        name, _, value = part.strip().partition("=")
        if name == "t":
            stamp = value
        elif name == "v1":
            claimed.append(value)
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 20) or abs(now_s - int(stamp)) > TOLERANCE_S:
        return False
    made = [sign(body, secret=secret, stamp=stamp) for secret in secrets]
    return any(hmac.compare_digest(ours.encode(), theirs.encode()) for ours in made for theirs in claimed)


def sign(body: bytes, *, secret: str, stamp: str) -> str:
    """The signature in hexadecimal digits."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
