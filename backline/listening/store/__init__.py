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
    "store_at",
]


def open_store() -> Store:
    """The store; one object per address and process, with one connection per thread.

    Raises:
        StoreError: it cannot be opened.
    """
    return store_at(settings.LISTENING_URL)


@lru_cache(maxsize=4)
def store_at(url: str) -> Store:
    """The store at an address; drivers of servers are imported only when one is named.

    Raises:
        ImproperlyConfigured: no store has such an address, or its driver is not installed.
        StoreError: it cannot be opened.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path:
        # sqlite:////var/x is absolute, sqlite:///var/x too: a relative place for data helps nobody.
        return SQLiteStore(Path("/" + parts.path.lstrip("/")))
    try:
        if parts.scheme == "postgresql":
            from backline.listening.store.postgres import PostgresStore

            return PostgresStore(url)
        if parts.scheme == "clickhouse":
            from backline.listening.store.clickhouse import ClickHouseStore

            return ClickHouseStore(url)
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(f"{parts.scheme}:// needs the package {error.name}.") from error
    raise ImproperlyConfigured(
        f"LISTENING_URL must look like sqlite:///path, postgresql://host/name or clickhouse://host/name, not {url!r}."
    )
