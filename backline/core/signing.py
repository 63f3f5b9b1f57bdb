"""Short signed texts: addresses of media and other proofs that this installation wrote them.

A signature is HMAC-SHA256 under the installation's key and a purpose, cut to 128 bits, in URL-safe base 64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings


def signature(purpose: str, message: str) -> str:
    """22 characters that prove `message` was signed here for `purpose`."""
    key = hashlib.sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()
    digest = hmac.new(key, message.encode(), hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_signed(purpose: str, message: str, claimed: str) -> bool:
    """Whether `claimed` is the signature of `message` for `purpose`, compared in constant time."""
    return hmac.compare_digest(signature(purpose, message).encode(), claimed.encode())
