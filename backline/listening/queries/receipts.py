"""Receipts of a beat: what became of every listen, by day, and single listens of a day without who they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from backline.domain.months import months_between
from backline.domain.verdicts import Verdict
from backline.listening.calendar import to_date, to_instant, to_number
from backline.listening.queries.figures import Receipts, receipts_of
from backline.listening.store import Owner, open_store
from backline.listening.store.closes import JudgedListen
from backline.listening.store.rows import VERDICTS

MINUTE_MS = 60_000
PORTION = 500


@dataclass(frozen=True)
class DayReceipts:
    """One reporting day, or a whole month from `on` where days are no longer kept. Nothing received is a true zero."""

    on: date
    receipts: Receipts
    month: bool = False


@dataclass(frozen=True)
class SampleListen:
    """One listen: the minute it began, how, from where, how long, and its verdict. Empty texts are unknown."""

    at: datetime
    signed_in: bool
    device: str
    country: str
    heard_s: int
    verdict: Verdict


def beat_receipts(beat_id: int, *, first: date, last: date) -> list[DayReceipts]:
    """The receipts of every day from `first` to `last`, in order; whole months where days were merged into them."""
    start, end = to_number(first), to_number(last)
    horizon = open_store().horizons().beat_days
    rows = {row.day: row for row in open_store().days(Owner.BEAT, beat_id, start, end)}

    def receipts(day: int) -> Receipts:
        return receipts_of([rows[day]] if day in rows else [])

    months = [
        DayReceipts(to_date(month), receipts(month), month=True)
        for month in months_between(start, min(horizon - 1, end))
    ]
    return months + [DayReceipts(to_date(day), receipts(day)) for day in range(max(start, horizon), end + 1)]


def sum_receipts(days: Sequence[DayReceipts]) -> Receipts:
    """The receipts of several days as one, reasons in the order of the rules."""
    found: dict[str, int] = {}
    for day in days:
        for reason, count in day.receipts.rejected.items():
            found[reason] = found.get(reason, 0) + count
    return Receipts(
        received=sum(day.receipts.received for day in days),
        counted=sum(day.receipts.counted for day in days),
        rejected={verdict.value: found[verdict.value] for verdict in Verdict if verdict.value in found},
    )


def beats_received(beat_ids: Sequence[int], *, first: date, last: date) -> dict[int, tuple[int, int]]:
    """Listens received and counted of each beat over the days `first` to `last`; beats without any are absent."""
    return open_store().beat_received(beat_ids, to_number(first), to_number(last))


def listen_sample(
    beat_id: int, *, on: date, limit: int, verdict: Verdict | None = None
) -> list[SampleListen]:
    """The last received listens of a beat's day, newest first; with `verdict` only those that have it now."""
    chosen = (
        row for row in _judged(beat_id, to_number(on)) if verdict is None or VERDICTS[row.verdict] is verdict
    )
    rows = list(islice(chosen, limit))
    terms = {term for row in rows for term in (row.listen.device, row.listen.country) if term}
    texts = open_store().term_texts(terms) if terms else {}
    return [_sample(row, texts) for row in rows]


def _judged(beat_id: int, day: int) -> Iterator[JudgedListen]:
    """The listens of a day, newest first, read a portion at a time."""
    before = None
    while rows := open_store().judged(beat_id, day, day, limit=PORTION, before=before):
        yield from rows
        before = rows[-1].listen.seq


def _sample(row: JudgedListen, texts: Mapping[int, str]) -> SampleListen:
    listen = row.listen
    return SampleListen(
        at=to_instant(listen.started_ms - listen.started_ms % MINUTE_MS),
        signed_in=listen.listener > 0,
        device=texts.get(listen.device, ""),
        country=texts.get(listen.country, ""),
        heard_s=listen.distinct_ms // 1000,
        verdict=VERDICTS[row.verdict],
    )
