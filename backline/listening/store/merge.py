"""Adding a tally to the rows that are kept: pure, the same for every store."""

from __future__ import annotations

from collections.abc import Collection

from pyroaring import BitMap

from backline.listening.store.packed import pack_counts, unpack_counts
from backline.listening.store.rows import DayRow, TotalRow
from backline.listening.store.tally import Tally

_NO_DAY = DayRow(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, b"", b"", b"", b"", b"", b"", b"")
_NO_TOTAL = TotalRow(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, b"", b"", b"", b"", b"")


def add_to_day(row: DayRow | None, day: int, tally: Tally) -> DayRow:
    """The day row with the tally added; a new one when there was none."""
    old = row or _NO_DAY
    visitors = _union(old.visitors, tally.visitors)
    return DayRow(
        day=day,
        plays=old.plays + tally.plays,
        downloads=old.downloads + tally.downloads,
        received=old.received + tally.received,
        visits=_size(visitors) if tally.visitors else old.visits,
        likes=old.likes + tally.likes,
        follows=old.follows + tally.follows,
        licences=old.licences + tally.licences,
        sales=old.sales + tally.sales,
        completions=old.completions + tally.completions,
        heard_ms=old.heard_ms + tally.heard_ms,
        accounts=_union(old.accounts, tally.accounts),
        download_accounts=_union(old.download_accounts, tally.download_accounts),
        visitors=visitors,
        hours=_plus(old.hours, tally.hours),
        rejections=_plus(old.rejections, tally.rejections),
        download_rejections=_plus(old.download_rejections, tally.download_rejections),
        terms=_plus(old.terms, tally.terms),
    )


class Sum:
    """Several tallies, or whole day rows, of one owner on their way into the total."""

    def __init__(self) -> None:
        self.first_day = 0
        self.last_day = 0
        self.visits = 0
        self.tally = Tally()
        self.accounts = BitMap()
        self.download_accounts = BitMap()

    def add_tally(self, day: int, tally: Tally, visits: int) -> None:
        """Adds a day's tally; `visits` is by how much the day's signed-out visits grew."""
        self._add(day, visits, tally)
        self.accounts.update(tally.accounts)
        self.download_accounts.update(tally.download_accounts)
        _count(self.tally.rejections, tally.rejections)
        _count(self.tally.download_rejections, tally.download_rejections)
        _count(self.tally.terms, tally.terms)

    def add_row(self, row: DayRow) -> None:
        """Adds a whole day."""
        self._add(row.day, row.visits, row)
        self.accounts |= BitMap.deserialize(row.accounts) if row.accounts else BitMap()
        self.download_accounts |= (
            BitMap.deserialize(row.download_accounts) if row.download_accounts else BitMap()
        )
        _count(self.tally.rejections, unpack_counts(row.rejections))
        _count(self.tally.download_rejections, unpack_counts(row.download_rejections))
        _count(self.tally.terms, unpack_counts(row.terms))

    def _add(self, day: int, visits: int, part: Tally | DayRow) -> None:
        # A like can be taken back; only what the logs hold says when something began.
        if part.received or part.downloads:
            self.first_day = _earlier(self.first_day, day)
            self.last_day = max(self.last_day, day)
        self.visits += visits
        total = self.tally
        total.plays += part.plays
        total.downloads += part.downloads
        total.received += part.received
        total.likes += part.likes
        total.follows += part.follows
        total.licences += part.licences
        total.sales += part.sales
        total.completions += part.completions
        total.heard_ms += part.heard_ms


def add_to_total(row: TotalRow | None, added: Sum) -> TotalRow:
    """The total with a sum added; a new one when there was none."""
    old = row or _NO_TOTAL
    tally = added.tally
    return TotalRow(
        first_day=_earlier(old.first_day, added.first_day),
        last_day=max(old.last_day, added.last_day),
        plays=old.plays + tally.plays,
        downloads=old.downloads + tally.downloads,
        received=old.received + tally.received,
        visits=old.visits + added.visits,
        likes=old.likes + tally.likes,
        follows=old.follows + tally.follows,
        licences=old.licences + tally.licences,
        sales=old.sales + tally.sales,
        completions=old.completions + tally.completions,
        heard_ms=old.heard_ms + tally.heard_ms,
        accounts=_union(old.accounts, added.accounts),
        download_accounts=_union(old.download_accounts, added.download_accounts),
        rejections=_plus(old.rejections, tally.rejections),
        download_rejections=_plus(old.download_rejections, tally.download_rejections),
        terms=_plus(old.terms, tally.terms),
    )


def is_empty(row: DayRow | TotalRow) -> bool:
    """Whether nothing is left in the row besides its days: such rows are not kept."""
    days = 1 if isinstance(row, DayRow) else 2
    return not any(row[days:])


def _earlier(day: int, other: int) -> int:
    """The earlier of two days, of which 0 means none."""
    return min(day, other) if day and other else day or other


def _union(packed: bytes, added: Collection[int] | BitMap) -> bytes:
    if not added:
        return packed
    members = BitMap(added)
    if packed:
        members |= BitMap.deserialize(packed)
    # The same set can be packed in several ways, by how it grew; made from its members it has one.
    return BitMap(members.to_array()).serialize()


def _size(packed: bytes) -> int:
    return len(BitMap.deserialize(packed)) if packed else 0


def _plus(packed: bytes, added: dict[int, int]) -> bytes:
    if not added:
        return packed
    if not packed:
        return pack_counts(added)
    counts = unpack_counts(packed)
    _count(counts, added)
    return pack_counts(counts)


def _count(counts: dict[int, int], added: dict[int, int]) -> None:
    for key, number in added.items():
        counts[key] = counts.get(key, 0) + number
