"""A snapshot as it is read: who stands where, by place or by artist, without unpacking it all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from backline.core import sql
from backline.domain import ranking, tiers
from backline.domain.boards import Board, Span
from backline.standing.boards.packing import Packed
from backline.standing.boards.ranked import DETAILS
from backline.standing.models import Snapshot
from backline.standing.snapshots.opened import Opened

OPENED = Opened()
# Every Dashboard asks it: see core/sql.py for why the ORM does not build it.
_FIELDS = ("id", "board", "span", "on", "stands_on", "covers", "taken_at", "checked_at", "ranked", "digest")
_NEWEST = f"""
SELECT {", ".join(f'"{name}"' for name in _FIELDS)} FROM standing_snapshot
WHERE board = %s AND span = %s ORDER BY "on" DESC LIMIT 1
"""


@dataclass(frozen=True)
class Row:
    """One artist on a board. `last` is the last place of its tie, `before` its rank at the comparison.

    `before` is 0 where it was not ranked then, None where there is nothing to compare with.
    """

    place: int
    artist_id: int
    rank: int
    last: int
    score: int
    second: int
    before: int | None
    details: dict[str, int] = field(default_factory=dict)

    @property
    def moved(self) -> int | None:
        """How many ranks it rose; None for one that is new or where nothing is known."""
        return self.before - self.rank if self.before else None


class Sheet:
    """One board and period; `on` is the reporting day for which it was last found true, at `checked_at`."""

    def __init__(self, snapshot: Snapshot, packed: Packed | None = None) -> None:
        self.board, self.span = Board(snapshot.board), Span(snapshot.span)
        self.on: date = snapshot.stands_on
        self.checked_at: datetime = snapshot.checked_at
        self.covers: str = snapshot.covers
        self._packed = packed or Packed(snapshot.packed)
        self.ranked = self._packed.count
        self.compares = self._packed.has("before")

    def of(self, artist_id: int) -> Row | None:
        """The artist's row; None when it is not ranked."""
        place = self._packed.place_of(artist_id)
        return None if place is None else self.at(place)

    def at(self, place: int) -> Row:
        """The row at a place, counted from 0."""
        found = self._packed.row(place)
        return Row(
            place=place,
            artist_id=found["id"],
            rank=found["rank"],
            last=found["last"],
            score=found["score"],
            second=found["second"],
            before=found.get("before"),
            details={name: found[name] for name in DETAILS[self.board]},
        )

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows from one place to before another."""
        return [self.at(place) for place in range(max(0, start), min(stop, self.ranked))]

    def ahead_of(self, row: Row) -> Row | None:
        """The last of the next better rank; None for who leads."""
        return self.at(row.rank - 2) if row.rank > 1 else None

    def tier(self, row: Row) -> str:
        """The row's tier; empty with too few ranked."""
        return tiers.tier(row.last, ranked=self.ranked)

    def component(self, row: Row | None) -> int:
        """What the row counts for in Overall, in billionths of a point; 0 for one that is not ranked."""
        if row is None:
            return 0
        return ranking.component(below=self.ranked - row.last, equal=row.last - row.rank, ranked=self.ranked)

    def above(self, key: tuple[int, int]) -> int:
        """How many stand above a score and second."""
        return self._packed.above(*key)


def newest(board: Board, span: Span) -> Sheet | None:
    """The board as it stands; None before the first snapshot. One query, and one when it was not read lately."""
    found = _opened(
        [Snapshot.from_db("default", _FIELDS, sql.instants(row)) for row in sql.rows(_NEWEST, board, span)]
    )
    return found[0] if found else None


def newest_of(places: set[tuple[Board, Span]]) -> dict[tuple[Board, Span], Sheet]:
    """The newest snapshots of several boards, those of one moment. One query, and one for those not read lately."""
    latest = Snapshot.objects.filter(board=OuterRef("board"), span=OuterRef("span")).order_by("-on")
    wanted = Q()
    for board, span in places:
        wanted |= Q(board=board, span=span)
    rows = Snapshot.objects.filter(wanted, pk=Subquery(latest.values("pk")[:1]))
    return {(sheet.board, sheet.span): sheet for sheet in _opened(rows.defer("packed"))}


def standing_on(board: Board, span: Span, day: date) -> Sheet | None:
    """The board as it stood at the end of a day; None when nobody looked then. One query, or two as above."""
    return _first(Snapshot.objects.filter(board=board, span=span, on__lte=day, stands_on__gte=day))


def a_week_before(sheet: Sheet) -> Sheet | None:
    """The same board as it stood seven days before."""
    return standing_on(sheet.board, sheet.span, sheet.on - timedelta(days=7))


def _first(rows: QuerySet[Snapshot]) -> Sheet | None:
    found = _opened(rows.order_by("-on").defer("packed")[:1])
    return found[0] if found else None


def _opened(rows: Iterable[Snapshot]) -> list[Sheet]:
    """The sheets of rows read without their packed values, which are fetched when they are not kept from before."""
    found = list(rows)
    kept = {row.pk: packed for row in found if (packed := OPENED.get(row.digest)) is not None}
    missing = [row.pk for row in found if row.pk not in kept]
    if missing:
        fetched = Snapshot.objects.filter(pk__in=missing).values_list("pk", "digest", "packed")
        kept |= {pk: OPENED.put(digest, Packed(packed)) for pk, digest, packed in fetched}
    return [Sheet(row, kept[row.pk]) for row in found if row.pk in kept]
