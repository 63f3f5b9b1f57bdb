"""Keeping small secrets in the database so that a copy of it does not give them away.

A key for each purpose is derived from the installation's secret key (HKDF, RFC 5869); the text is sealed with Fernet
(AES in CBC mode and an HMAC).
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(ValueError):
    """The text was sealed with another key, for another purpose, or has been changed."""


def seal(text: str, *, purpose: str) -> str:
    """The text, sealed; equal texts give different answers."""
    return _fernet(settings.SECRET_KEY, purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """What was sealed for this purpose.

    Raises:
        Unreadable: another key, another purpose, or changed.
    """
    try:
        return _fernet(settings.SECRET_KEY, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("The secret key of this installation does not open it.") from error


@lru_cache(maxsize=32)
def _fernet(secret: str, purpose: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=f"backline:{purpose}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
