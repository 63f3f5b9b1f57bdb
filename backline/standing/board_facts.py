"""What the boards are made of, read from the layers below; money and XP through `board_money.py` and `board_xp.py`.

Every read is as of an instant. For the present that leaves nothing out; for the end of an earlier day it leaves out
what came later, so that the ranks of past days can be computed where their facts are still known.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import numpy as np
from django.db import connection

from backline.core import sql
from backline.domain import collab
from backline.domain.boards import SPANS, Board, Span
from backline.domain.quality import ENOUGH_TAGS, FASTEST_BPM, SLOWEST_BPM
from backline.listening import queries as listening
from backline.listening.calendar import EPOCH, reporting
from backline.people.models import Member
from backline.standing import board_money, board_xp, facts, facts_plays
from backline.standing.boards.facts import Facts, Ints, Rows
from backline.standing.boards.ranked import places_of
from backline.standing.models import OptOut

# What everybody may see at a moment: public, not deleted, of an artist in good standing, out by then.
_PUBLIC = """FROM catalog_beat beat JOIN people_artist artist ON artist.id = beat.artist_id
WHERE beat.state = 'public' AND beat.deleted_at IS NULL AND artist.revoked_at IS NULL
  AND beat.first_published_at <= %(at)s
"""
_ACCEPTED = """FROM catalog_credit credit JOIN catalog_beat beat ON beat.id = credit.beat_id
JOIN people_artist artist ON artist.id = beat.artist_id
WHERE credit.state = 'accepted' AND beat.state = 'public' AND beat.deleted_at IS NULL AND artist.revoked_at IS NULL
  AND beat.first_published_at <= %(at)s AND (credit.answered_at IS NULL OR credit.answered_at <= %(at)s)
"""
_UPLOADS = f"""SELECT beat.artist_id,
  COUNT(CASE WHEN beat.first_published_at >= %(week)s AND beat.first_published_at < %(today)s THEN 1 END),
  COUNT(CASE WHEN beat.first_published_at >= %(thirty)s AND beat.first_published_at < %(today)s THEN 1 END),
  COUNT(*), COUNT(CASE WHEN beat.first_published_at >= %(year)s THEN 1 END)
{_PUBLIC} GROUP BY beat.artist_id"""
# The rule of domain/quality.py in the database's words; a test holds the two together.
_FILLED = f"""(CASE WHEN beat.bpm BETWEEN {SLOWEST_BPM} AND {FASTEST_BPM} THEN 1 ELSE 0 END
  + CASE WHEN beat.key BETWEEN 0 AND 11 THEN 1 ELSE 0 END + CASE WHEN beat.scale IN ('major', 'minor') THEN 1 ELSE 0 END
  + CASE WHEN TRIM(beat.description) <> '' THEN 1 ELSE 0 END
  + CASE WHEN (SELECT COUNT(*) FROM catalog_tag tag WHERE tag.beat_id = beat.id) >= {ENOUGH_TAGS} THEN 1 ELSE 0 END)"""
_QUALITY = f"""SELECT artist_id, SUM(filled), COUNT(CASE WHEN filled = 5 THEN 1 END), COUNT(*)
FROM (SELECT beat.artist_id AS artist_id, {_FILLED} AS filled {_PUBLIC}) beats GROUP BY artist_id"""
_FILLED_OF = f"""SELECT {_FILLED} FROM catalog_beat beat
WHERE beat.artist_id = %s AND beat.state = 'public' AND beat.deleted_at IS NULL
  AND beat.first_published_at IS NOT NULL"""
_BEATS = f"SELECT credit.artist_id, COUNT(*) {_ACCEPTED} GROUP BY credit.artist_id"
_SHARED = f"""SELECT credit.beat_id, credit.artist_id,
  beat.first_published_at >= %(week)s AND beat.first_published_at < %(today)s,
  beat.first_published_at >= %(thirty)s AND beat.first_published_at < %(today)s
{_ACCEPTED} AND EXISTS (SELECT 1 FROM catalog_credit other
  WHERE other.beat_id = beat.id AND other.state = 'accepted' AND other.id <> credit.id)"""


class Reader:
    """Reads for one moment."""

    def __init__(self, at: datetime, *, live: bool) -> None:
        calendar = reporting()
        self.at, self.live = at, live
        self.on = calendar.today(at)
        moments = {
            "at": at,
            "today": calendar.starts_at(self.on),
            "week": calendar.starts_at(self.on - timedelta(days=7)),
            "thirty": calendar.starts_at(self.on - timedelta(days=30)),
            "year": calendar.starts_at(self.on.replace(month=1, day=1)),
        }
        adapt = connection.ops.adapt_datetimefield_value
        self._arguments = {name: adapt(moment) for name, moment in moments.items()}

    def table(self, statement: str, columns: int) -> Ints:
        """The rows of a statement whose columns are whole numbers."""
        with connection.cursor() as cursor:
            cursor.execute(statement, self._arguments)
            rows = cursor.fetchall()
        return np.array(rows, dtype=np.int64).reshape(len(rows), columns)

    def days(self, span: Span) -> tuple[date, date]:
        """The first and last day of a period; all time ends today."""
        if span.days is None:
            return EPOCH, self.on
        return self.on - timedelta(days=span.days), self.on - timedelta(days=1)


def read_facts(at: datetime, *, live: bool = True) -> Facts:
    """The facts as of `at`; `live` when nothing came later, which lets sums of all time be read instead of added up."""
    reader = Reader(at, live=live)
    beats = reader.table(_BEATS, 2)
    eligible = np.intersect1d(np.array(list(facts.eligible_artists()), dtype=np.int64), beats[:, 0])
    earnings, covers = board_money.earnings(at, live=live)
    rows = {
        **_plays(reader, beats),
        **_uploads(reader),
        (Board.QUALITY, Span.NOW): _quality(reader),
        (Board.POINTS, Span.ALL): _rows(board_xp.points(at, live=live), 2),
        **{(Board.EARNINGS, span): _rows(found, 3) for span, found in earnings.items()},
        **_collab(reader),
    }
    return Facts(
        reader.on,
        eligible,
        rows,
        _opted_out(),
        {(Board.EARNINGS, span): text for span, text in covers.items()},
    )


def completeness(artist_id: int) -> list[int]:
    """Percent of completeness of each of an artist's own public beats."""
    return [20 * int(filled) for (filled,) in sql.rows(_FILLED_OF, artist_id)]


def _opted_out() -> dict[Board, Ints]:
    pairs = list(OptOut.objects.values_list("board", "artist_id"))
    return {
        board: np.array(sorted(artist for name, artist in pairs if name == board), dtype=np.int64)
        for board in Board
    }


def _uploads(reader: Reader) -> dict[tuple[Board, Span], Rows]:
    found = reader.table(_UPLOADS, 5)
    return {
        (Board.UPLOADS, span): Rows(found[:, 0], found[:, [column, 4]])
        for column, span in enumerate((Span.WEEK, Span.THIRTY, Span.ALL), 1)
    }


def _quality(reader: Reader) -> Rows:
    """Mean completeness in basis points, rounded as `quality.mean_bp` does, complete beats, beats."""
    artist, filled, complete, beats = reader.table(_QUALITY, 4).T
    mean = (filled * 20 * 200 // np.maximum(beats, 1) + 1) // 2
    return Rows(artist, np.stack([mean, complete, beats], axis=1))


def _plays(reader: Reader, beats: Ints) -> dict[tuple[Board, Span], Rows]:
    """Plays, and how many public beats the artist is credited on."""
    found = {}
    for span in SPANS[Board.PLAYS]:
        plays = _sorted(_artist_plays(reader, span).items())
        place, there = places_of(beats[:, 0], plays[:, 0])
        credited = np.where(there, beats[place, 1], 0) if len(beats) else np.zeros(len(plays), dtype=np.int64)
        found[Board.PLAYS, span] = Rows(plays[:, 0], np.stack([plays[:, 1], credited], axis=1))
    return found


def _artist_plays(reader: Reader, span: Span) -> dict[int, int]:
    if span is Span.ALL and reader.live:
        return facts_plays.artist_plays()
    first, last = reader.days(span)
    return listening.artist_plays(first, last)


def _collab(reader: Reader) -> dict[tuple[Board, Span], Rows]:
    """Partners, beats made with others, and their plays in the period."""
    shared = reader.table(_SHARED, 4)
    same = collab.same_people(Member.objects.order_by("id").values_list("artist_id", "account_id").iterator())
    chosen = {
        Span.WEEK: shared[shared[:, 2] == 1],
        Span.THIRTY: shared[shared[:, 3] == 1],
        Span.ALL: shared,
    }
    return {
        (Board.COLLAB, span): _collab_rows(rows, same, _beat_plays(reader, span) if len(rows) else {})
        for span, rows in chosen.items()
    }


def _collab_rows(credits: Ints, same: dict[int, int], plays: dict[int, int]) -> Rows:
    artists_of: dict[int, list[int]] = {}
    for beat, artist in credits[:, :2].tolist():
        artists_of.setdefault(beat, []).append(artist)
    found = [
        (artist, made.partners, len(made.beats), sum(plays.get(beat, 0) for beat in made.beats))
        for artist, made in collab.collaborations(artists_of, same).items()
    ]
    return _rows(found, 3)


def _beat_plays(reader: Reader, span: Span) -> dict[int, int]:
    if span is Span.ALL and reader.live:
        return {total.id: total.plays for total in listening.beat_all_time()}
    first, last = reader.days(span)
    return listening.beat_plays(first, last)


def _rows(found: Iterable[tuple[int, ...]], columns: int) -> Rows:
    table = _sorted(found, columns + 1)
    return Rows(table[:, 0], table[:, 1:])


def _sorted(found: Iterable[tuple[int, ...]], columns: int = 2) -> Ints:
    rows = sorted(found)
    return np.array(rows, dtype=np.int64).reshape(len(rows), columns)
