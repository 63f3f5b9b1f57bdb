"""Recent downloads of an artist's beats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.core.paging import page_of
from backline.listening.calendar import reporting, to_instant, to_ms, to_number
from backline.listening.store import ACCOUNT_KEY, Owner, open_store

PER_PAGE = 8


@dataclass(frozen=True)
class Download:
    """One counted download. `account_id` is None for a signed-out or another platform's listener."""

    beat_id: int
    at: datetime
    account_id: int | None
    licence_type: str
    licence_url: str


@dataclass(frozen=True)
class DownloadPage:
    """A page of downloads, newest first; `total` counts all pages."""

    items: list[Download]
    total: int
    page: int
    pages: int


def recent_downloads(
    artist_id: int, *, first: date, last: date, page: int = 1, per_page: int = PER_PAGE
) -> DownloadPage:
    """Counted downloads of the artist's beats over the days `first` to `last`; a page beyond the end is the last."""
    start, end = to_number(first), to_number(last)
    total = sum(downloads for _, _, downloads in open_store().series(Owner.ARTIST, artist_id, start, end))
    here = page_of(total, page=page, size=per_page)
    rows = open_store().downloads(
        artist_id,
        from_ms=to_ms(reporting().starts_at(first)),
        until_ms=to_ms(reporting().starts_at(last + timedelta(days=1))),
        limit=per_page,
        offset=here.start,
    )
    items = [
        Download(
            row.beat_id, to_instant(row.at_ms), account_of(row.listener), row.licence_type, row.licence_url
        )
        for row in rows
    ]
    return DownloadPage(items=items, total=total, page=here.number, pages=here.pages)


def account_of(key: str) -> int | None:
    """The account id in a listener key of our own, else None."""
    return int(key.removeprefix(ACCOUNT_KEY)) if key.startswith(ACCOUNT_KEY) else None
