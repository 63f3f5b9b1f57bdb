"""The listening store of this installation, chosen by the address in the setting LISTENING_URL."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from backline.listening.store.interface import FoldSession, Store, StoreBusyError, StoreError, StoreFullError
from backline.listening.store.rows import ACCOUNT_KEY, PLATFORM_KEY, DayRow, Owner, Status, TotalRow
from backline.listening.store.sqlite import SQLiteStore

__all__ = [
    "ACCOUNT_KEY",
    "PLATFORM_KEY",
    "DayRow",
    "FoldSession",
    "Owner",
    "Status",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreFullError",
    "TotalRow",
    "open_store",
]


def open_store() -> Store:
    """The store; one object per address and process, with one connection per thread.

    Raises:
        StoreError: it cannot be opened.
    """
    return _store(settings.LISTENING_URL)


@lru_cache(maxsize=4)
def _store(url: str) -> Store:
    parts = urlsplit(url)
    if parts.scheme != "sqlite" or not parts.path:
        raise ImproperlyConfigured(f"LISTENING_URL must look like sqlite:///path, not {url!r}.")
    # sqlite:////var/x is absolute, sqlite:///var/x too: a relative place for data helps nobody.
    return SQLiteStore(Path("/" + parts.path.lstrip("/")))
