"""What the store holds of one account, for that person alone: every listen and download, with what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from backline.domain.verdicts import Verdict
from backline.listening.calendar import reporting, to_date, to_instant, to_ms
from backline.listening.store import ACCOUNT_KEY, open_store
from backline.listening.store.held import HeldDownload, HeldListen
from backline.listening.store.rows import VERDICTS

PORTION = 2_000
# How much of the log is looked through at a time: nothing but its order helps to find one account's rows.
STRETCH = 200_000
# A back end may report what began two days before it arrives.
EARLIER_DAYS = 3


@dataclass(frozen=True)
class OwnListen:
    """One final listen. `verdict` is None until it is judged; empty texts are unknown."""

    at: datetime
    beat_id: int
    artist_ids: tuple[int, ...]
    heard_ms: int
    played_ms: int
    verdict: Verdict | None
    device: str
    platform: str
    browser: str
    country: str
    source: str


@dataclass(frozen=True)
class OwnDownload:
    """One delivery; `verdict` as above."""

    at: datetime
    beat_id: int
    artist_ids: tuple[int, ...]
    verdict: Verdict | None
    licence_type: str
    licence_url: str


def own_listens(account_id: int, *, since: datetime) -> Iterator[list[OwnListen]]:
    """The listens of an account that is here since a moment, in the order they ended, at most 2,000 at a time.

    A part of the log without any gives an empty list, so that whoever waits hears that it goes on.
    """
    store = open_store()
    number = _number(account_id)
    after, last = store.log_from(reporting().day_and_hour(to_ms(since))[0] - EARLIER_DAYS)
    while number is not None and after < last:
        through = min(after + STRETCH, last)
        rows = store.listens_of(number, after=after, through=through, limit=PORTION)
        after = rows[-1].seq if len(rows) == PORTION else through
        texts = store.term_texts({term for row in rows for term in row[-5:] if term})
        yield [_listen(row, texts) for row in rows]


def own_downloads(account_id: int) -> Iterator[list[OwnDownload]]:
    """The downloads of an account, at most 2,000 at a time."""
    number, after = _number(account_id), 0
    while number is not None and (rows := open_store().downloads_of(number, after=after, limit=PORTION)):
        after = rows[-1].seq
        yield [_download(row) for row in rows]


def months_in_files() -> list[date]:
    """The months (by their first day) whose listens were moved to files: they are not found here."""
    return [to_date(seal.month) for seal in open_store().seals() if seal.dropped]


def _number(account_id: int) -> int | None:
    return next(iter(open_store().account_numbers([f"{ACCOUNT_KEY}{account_id}"]).values()), None)


def _listen(row: HeldListen, texts: Mapping[int, str]) -> OwnListen:
    return OwnListen(
        at=to_instant(row.started_ms),
        beat_id=row.beat,
        artist_ids=_ids(row.artists.split()),
        heard_ms=row.distinct_ms,
        played_ms=row.played_ms,
        verdict=_verdict(row.verdict),
        device=texts.get(row.device, ""),
        platform=texts.get(row.platform, ""),
        browser=texts.get(row.browser, ""),
        country=texts.get(row.country, ""),
        source=texts.get(row.source, ""),
    )


def _download(row: HeldDownload) -> OwnDownload:
    return OwnDownload(
        at=to_instant(row.at_ms),
        beat_id=row.beat,
        artist_ids=_ids(row.artists.split()),
        verdict=_verdict(row.verdict),
        licence_type=row.licence_type,
        licence_url=row.licence_url,
    )


def _verdict(code: int | None) -> Verdict | None:
    return None if code is None else VERDICTS[code]


def _ids(texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(text) for text in texts)
