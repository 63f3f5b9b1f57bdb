"""The figures of an artist or a beat: all time, a period, today; with their receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pyroaring import BitMap

from backline.domain.verdicts import Verdict
from backline.listening.calendar import to_date, to_instant, to_ms
from backline.listening.store import DayRow, Owner, TotalRow, open_store


@dataclass(frozen=True)
class Receipts:
    """What became of every listen received: `received` = `counted` + the sum of `rejected` (reason → listens)."""

    received: int = 0
    counted: int = 0
    rejected: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Totals:
    """All-time figures. `accounts` are distinct; `signed_out_visits` count a visitor once a day."""

    plays: int = 0
    downloads: int = 0
    accounts: int = 0
    download_accounts: int = 0
    signed_out_visits: int = 0
    likes: int = 0
    licences: int = 0
    listened_s: int = 0
    receipts: Receipts = field(default_factory=Receipts)
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class Figures:
    """What a period of reporting days brought. `download_accounts` is shown as *Unique Users*."""

    first: date
    last: date
    plays: int
    downloads: int
    download_accounts: int
    accounts: int
    signed_out_visits: int
    likes: int
    new_followers: int
    licences: int
    listened_s: int
    completions: int
    receipts: Receipts
    as_of: datetime


def artist_totals(artist_id: int) -> Totals:
    """The artist's all-time figures. One row read."""
    return _totals(open_store().totals(Owner.ARTIST, [artist_id]).get(artist_id))


def beat_totals(beat_ids: Sequence[int]) -> dict[int, Totals]:
    """All-time figures of each beat. One statement for up to 500 beats."""
    rows = open_store().totals(Owner.BEAT, beat_ids)
    return {beat_id: _totals(rows.get(beat_id)) for beat_id in beat_ids}


def freshness(now: datetime) -> datetime:
    """Up to which instant every final listen is in the figures: now, or the last fold when some still wait."""
    folded_ms, waiting = open_store().freshness()
    return now if not waiting else to_instant(min(folded_ms, to_ms(now)))


def figures_of(rows: Sequence[DayRow], first: date, last: date, now: datetime) -> Figures:
    """What rows add up to, as the figures of the days `first` to `last`."""
    return Figures(
        first=first,
        last=last,
        plays=sum(row.plays for row in rows),
        downloads=sum(row.downloads for row in rows),
        download_accounts=distinct([row.download_accounts for row in rows]),
        accounts=distinct([row.accounts for row in rows]),
        signed_out_visits=sum(row.visits for row in rows),
        likes=sum(row.likes for row in rows),
        new_followers=sum(row.follows for row in rows),
        licences=sum(row.licences for row in rows),
        listened_s=sum(row.heard_ms for row in rows) // 1000,
        completions=sum(row.completions for row in rows),
        receipts=receipts_of(rows),
        as_of=freshness(now),
    )


def receipts_of(rows: Sequence[DayRow | TotalRow]) -> Receipts:
    """The receipts of several rows as one, reasons in the order of the rules."""
    found: dict[Verdict, int] = {}
    for row in rows:
        for verdict, count in row.rejected().items():
            found[verdict] = found.get(verdict, 0) + count
    return Receipts(
        received=sum(row.received for row in rows),
        counted=sum(row.plays for row in rows),
        rejected={verdict.value: found[verdict] for verdict in Verdict if found.get(verdict)},
    )


def distinct(packed: Sequence[bytes]) -> int:
    """How many accounts are in any of several packed sets."""
    sets = [BitMap.deserialize(blob) for blob in packed if blob]
    return len(BitMap.union(*sets)) if sets else 0


def _totals(row: TotalRow | None) -> Totals:
    if row is None:
        return Totals()
    return Totals(
        plays=row.plays,
        downloads=row.downloads,
        accounts=distinct([row.accounts]),
        download_accounts=distinct([row.download_accounts]),
        signed_out_visits=row.visits,
        likes=row.likes,
        licences=row.licences,
        listened_s=row.heard_ms // 1000,
        receipts=receipts_of([row]),
        first_on=to_date(row.first_day) if row.first_day else None,
        last_on=to_date(row.last_day) if row.last_day else None,
    )
