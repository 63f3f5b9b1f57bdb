"""Adding a tally to the rows that are kept: pure, the same for every store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from pyroaring import BitMap

from backline.listening.store.packed import pack_counts, pack_steps, unpack_counts, unpack_steps
from backline.listening.store.rows import DayRow, TotalRow
from backline.listening.store.tally import Tally

PLAY_HOURS = 24
_NO_DAY = DayRow(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, b"", b"", b"", b"", b"", b"", b"", b"")
_NO_TOTAL = TotalRow(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, b"", b"", b"", b"", b"", b"")


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
        engagement=_plus(old.engagement, tally.engagement),
    )


def replace_listens(row: DayRow | None, fresh: DayRow) -> DayRow:
    """The row with what came from listens as in `fresh`, which was made from listens alone.

    Downloads, likes, follows, licences and sales stay what they are.
    """
    old = row or _NO_DAY
    hours = {hour: count for hour, count in unpack_counts(old.hours).items() if hour >= PLAY_HOURS}
    return fresh._replace(
        downloads=old.downloads,
        likes=old.likes,
        follows=old.follows,
        licences=old.licences,
        sales=old.sales,
        download_accounts=old.download_accounts,
        download_rejections=old.download_rejections,
        hours=_plus(fresh.hours, hours),
    )


def sum_days(rows: Iterable[DayRow], first: int) -> DayRow:
    """Several days of one owner as one row, at `first`. Visitors have numbers for a day only: no set is left."""
    days = list(rows)
    if len(days) == 1:
        return days[0]._replace(day=first, visitors=b"")
    total = Sum()
    hours: dict[int, int] = {}
    for row in days:
        total.add_row(row)
        _count(hours, unpack_counts(row.hours))
    total.tally.hours = hours
    summed = add_to_day(None, first, total.tally)
    return summed._replace(
        visits=total.visits,
        accounts=pack_set(total.accounts),
        download_accounts=pack_set(total.download_accounts),
    )


def add_steps(packed: bytes, steps: Mapping[int, int]) -> bytes:
    """Changes from second to second, with more of them."""
    counts = unpack_steps(packed)
    _count(counts, steps)
    return pack_steps(counts)


class Sum:
    """Several tallies, or whole day rows, of one owner on their way into the total."""

    def __init__(self) -> None:
        self.first_day = 0
        self.last_day = 0
        self.visits = 0
        self.tally = Tally()
        self.accounts = BitMap()
        self.download_accounts = BitMap()

    @classmethod
    def of(cls, parts: Sequence[tuple[int, Tally, int]]) -> Sum:
        """The sum of several days' tallies, each with its day and by how much the day's signed-out visits grew."""
        found = cls()
        if len(parts) > 1:
            for day, tally, visits in parts:
                found.add_tally(day, tally, visits)
            return found
        # Most owners have one day in a portion: nothing to copy.
        day, found.tally, found.visits = parts[0]
        found.first_day = found.last_day = day if found.tally.received or found.tally.downloads else 0
        found.accounts.update(found.tally.accounts)
        found.download_accounts.update(found.tally.download_accounts)
        return found

    def add_tally(self, day: int, tally: Tally, visits: int) -> None:
        """Adds a day's tally; `visits` is by how much the day's signed-out visits grew."""
        self._add(day, visits, tally)
        self.accounts.update(tally.accounts)
        self.download_accounts.update(tally.download_accounts)
        for added, counts in (
            (tally.rejections, self.tally.rejections),
            (tally.download_rejections, self.tally.download_rejections),
            (tally.terms, self.tally.terms),
            (tally.engagement, self.tally.engagement),
        ):
            if added:
                _count(counts, added)

    def add_row(self, row: DayRow) -> None:
        """Adds a whole day."""
        self._add(row.day, row.visits, row)
        if row.accounts:
            self.accounts |= BitMap.deserialize(row.accounts)
        if row.download_accounts:
            self.download_accounts |= BitMap.deserialize(row.download_accounts)
        for packed, counts in (
            (row.rejections, self.tally.rejections),
            (row.download_rejections, self.tally.download_rejections),
            (row.terms, self.tally.terms),
            (row.engagement, self.tally.engagement),
        ):
            if packed:
                _count(counts, unpack_counts(packed))

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
        engagement=_plus(old.engagement, tally.engagement),
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
    return pack_set(members)


def pack_set(members: BitMap) -> bytes:
    """A set as bytes, the same bytes for the same members; none for no member.

    The same set can be packed in several ways, by how it grew; made from its members it has one.
    """
    return BitMap(members.to_array()).serialize() if members else b""


def unpack_set(packed: bytes) -> BitMap:
    """What `pack_set` packed."""
    return BitMap.deserialize(packed) if packed else BitMap()


def _size(packed: bytes) -> int:
    return len(unpack_set(packed))


def _plus(packed: bytes, added: dict[int, int]) -> bytes:
    if not added:
        return packed
    if not packed:
        return pack_counts(added)
    counts = unpack_counts(packed)
    _count(counts, added)
    return pack_counts(counts)


def _count(counts: dict[int, int], added: Mapping[int, int]) -> None:
    for key, number in added.items():
        counts[key] = counts.get(key, 0) + number
