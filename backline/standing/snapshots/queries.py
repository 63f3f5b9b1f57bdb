"""Reads of the boards for screens and the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backline.catalog.models import Beat
from backline.domain.boards import FEWEST_QUALITY_BEATS, Board, Span
from backline.people.models import Artist, Member
from backline.standing.models import OptOut
from backline.standing.snapshots.sheets import Row, Sheet, a_week_before, newest

MOST_FOUND = 500


class Unranked(StrEnum):
    """Why an artist is not on a board."""

    NO_SNAPSHOT = "no_snapshot"
    STAFF = "staff"
    OPTED_OUT = "opted_out"
    NO_BEAT = "no_beat"
    TOO_NEW = "too_new"
    FEW_BEATS = "few_beats"
    NO_SCORE = "no_score"


@dataclass(frozen=True)
class Place:
    """Where an artist stands on a board, or why it does not; `week_rank` was its rank seven days before.

    `leaving`: it opted out and the next snapshot follows. `week_known`: somebody looked seven days before.
    """

    sheet: Sheet | None
    row: Row | None
    unranked: Unranked | None
    leaving: bool
    week_rank: int | None
    week_known: bool

    @property
    def week_moved(self) -> int | None:
        """How many ranks it rose in those seven days; None where that is not known."""
        return self.week_rank - self.row.rank if self.row and self.week_rank else None


def place_of(artist_id: int, board: Board, span: Span, *, sheet: Sheet | None = None) -> Place:
    """The artist's place on the newest snapshot, which may be handed in. At most five queries."""
    sheet = sheet or newest(board, span)
    row = sheet.of(artist_id) if sheet else None
    out = OptOut.objects.filter(artist=artist_id, board=board).exists()
    if sheet is None or row is None:
        return Place(sheet, None, _why_not(artist_id, board, sheet, out=out), False, None, False)
    week = a_week_before(sheet) if span is not Span.MONTH else None
    then = week.of(artist_id) if week else None
    return Place(sheet, row, None, out, then.rank if then else None, week is not None)


def _why_not(artist_id: int, board: Board, sheet: Sheet | None, *, out: bool) -> Unranked:
    """The first rule that leaves the artist out."""
    if sheet is None:
        return Unranked.NO_SNAPSHOT
    if Member.objects.filter(artist=artist_id, account__is_staff=True).exists():
        return Unranked.STAFF
    if out:
        return Unranked.OPTED_OUT
    beats = Beat.objects.public().credited_to(artist_id)
    if not beats.filter(first_published_at__lte=sheet.checked_at).exists():
        return Unranked.TOO_NEW if beats.exists() else Unranked.NO_BEAT
    own = Beat.objects.public().filter(artist=artist_id)
    if board is Board.QUALITY and own.count() < FEWEST_QUALITY_BEATS:
        return Unranked.FEW_BEATS
    return Unranked.NO_SCORE


def found_on(sheet: Sheet, words: str) -> list[Row]:
    """The ranked artists with these words in their name or handle, the best first."""
    named = Artist.objects.filter(revoked_at__isnull=True, name__icontains=words).order_by("id")
    ids = set(named.values_list("id", flat=True)[:MOST_FOUND])
    handles = Artist.objects.filter(revoked_at__isnull=True, handle__istartswith=words.removeprefix("@"))
    ids |= set(handles.order_by("id").values_list("id", flat=True)[:MOST_FOUND])
    rows = (sheet.of(artist_id) for artist_id in ids)
    return sorted((row for row in rows if row is not None), key=lambda row: row.place)


def artists_of(rows: Iterable[Row]) -> dict[int, Artist]:
    """The artists of some rows; one whose profile was taken away since is left out. One query."""
    ids = {row.artist_id for row in rows}
    return {artist.pk: artist for artist in Artist.objects.filter(pk__in=ids, revoked_at__isnull=True)}


def opt_outs(artist_id: int) -> dict[Board, datetime]:
    """The boards an artist is not ranked on, and since when."""
    return {
        Board(board): at for board, at in OptOut.objects.filter(artist=artist_id).values_list("board", "at")
    }


def overall_place(artist_id: int) -> tuple[int, int] | None:
    """The artist's rank in Overall of all time and how many are ranked; None when it is not. One query."""
    sheet = newest(Board.OVERALL, Span.ALL)
    row = sheet.of(artist_id) if sheet else None
    return (row.rank, sheet.ranked) if sheet and row else None
