"""Snapshots: taken, skipped, kept and compared; leaving a board; what is read of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from backline.catalog.models import Beat
from backline.domain.boards import SPANS, Board, Span
from backline.people import actions as people
from backline.people.models import Artist, Member
from backline.standing.boards.facts import Facts
from backline.standing.models import Snapshot
from backline.standing.snapshots.actions import keep_snapshots, set_opt_outs, take_snapshots
from backline.standing.snapshots.queries import (
    Unranked,
    artists_of,
    found_on,
    opt_outs,
    overall_place,
    place_of,
)
from backline.standing.snapshots.sheets import newest
from backline.standing.snapshots.why import why
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.standing.board_worlds import ON, facts_of

DAY = timedelta(days=1)
BOARDS = sum(len(spans) for spans in SPANS.values())
pytestmark = pytest.mark.django_db


def plays(*, on: date = ON, covers: str = "", **of: int) -> Facts:
    """Facts with these plays: `plays(a1=5)` gives artist 1 five."""
    ids = {int(name[1:]): amount for name, amount in of.items()}
    facts = facts_of(
        {
            (Board.PLAYS, Span.ALL): {artist: (amount, 1) for artist, amount in ids.items()},
            (Board.EARNINGS, Span.MONTH): {artist: (amount, 1, 0) for artist, amount in ids.items()},
        },
        artists=list(ids),
        on=on,
    )
    return replace(facts, covers={(Board.EARNINGS, Span.MONTH): covers})


def moved(artist: int, board: Board = Board.PLAYS, span: Span = Span.ALL) -> int | None:
    sheet = newest(board, span)
    row = sheet.of(artist) if sheet else None
    assert row is not None
    return row.moved


def test_what_did_not_change_is_not_taken_again(now: datetime):
    assert keep_snapshots(plays(a1=5, a2=3), now=now) == BOARDS
    taken = list(Snapshot.objects.values_list("pk", "taken_at", "packed"))
    assert keep_snapshots(plays(a1=5, a2=3), now=now + timedelta(minutes=5)) == 0
    assert {sheet.checked_at for sheet in Snapshot.objects.all()} == {now + timedelta(minutes=5)}
    assert list(Snapshot.objects.values_list("pk", "taken_at", "packed")) == taken
    # Plays, and Overall of all time, which it is part of.
    assert keep_snapshots(plays(a1=5, a2=6), now=now + timedelta(minutes=10)) == 3
    assert Snapshot.objects.count() == BOARDS


def test_three_days_of_movement(now: datetime):
    keep_snapshots(plays(a1=5, a2=3, on=ON), now=now)
    assert (moved(1), moved(2)) == (None, None)
    keep_snapshots(plays(a1=5, a2=8, on=ON + DAY), now=now + DAY)
    assert (moved(1), moved(2)) == (-1, 1)
    keep_snapshots(plays(a1=5, a2=8, on=ON + 2 * DAY), now=now + 2 * DAY)
    assert (moved(1), moved(2)) == (0, 0)
    # Within a day the comparison stays with the end of the day before.
    keep_snapshots(plays(a1=9, a2=8, a3=20, on=ON + 2 * DAY), now=now + 2 * DAY)
    assert (moved(1), moved(2), moved(3)) == (0, -2, None)
    assert Snapshot.objects.filter(board=Board.PLAYS, span=Span.ALL).count() == 3


def test_a_quiet_day_stands_for_itself_and_an_unwatched_one_for_nothing(now: datetime):
    for day in range(4):
        keep_snapshots(plays(a1=5, on=ON + day * DAY), now=now + day * DAY)
    assert Snapshot.objects.filter(board=Board.PLAYS, span=Span.ALL).count() == 2
    assert moved(1) == 0
    keep_snapshots(plays(a1=6, on=ON + 7 * DAY), now=now + 7 * DAY)
    sheet = newest(Board.PLAYS, Span.ALL)
    assert sheet is not None and not sheet.compares
    assert moved(1) is None


def test_the_week_before_is_remembered(now: datetime):
    for day in range(8):
        keep_snapshots(plays(a1=5, a2=3 + day, on=ON + day * DAY), now=now + day * DAY)
    place = place_of(2, Board.PLAYS, Span.ALL)
    assert place.row is not None
    assert (place.row.rank, place.week_rank, place.week_known) == (1, 2, True)
    assert not place_of(2, Board.PLAYS, Span.WEEK).week_known


def test_a_month_moves_against_the_month_before(now: datetime):
    keep_snapshots(plays(a1=5, a2=3, covers="2026-01", on=ON), now=now)
    keep_snapshots(plays(a1=5, a2=3, covers="2026-01", on=ON + DAY), now=now + DAY)
    assert moved(1, Board.EARNINGS, Span.MONTH) is None
    for day in (10, 11, 20):
        keep_snapshots(plays(a1=5, a2=9, covers="2026-02", on=ON + day * DAY), now=now + day * DAY)
        assert moved(2, Board.EARNINGS, Span.MONTH) == 1


def test_day_ends_are_kept_for_35_days(now: datetime):
    for day in (0, 1, 4, 5, 38, 39):
        keep_snapshots(plays(a1=5 + day, on=ON + day * DAY), now=now + day * DAY)
    kept = Snapshot.objects.filter(board=Board.PLAYS, span=Span.ALL).order_by("on")
    assert [kept[0].on, kept.count()] == [ON + 4 * DAY, 4]


def test_who_opts_out_leaves_with_the_next_snapshot_and_comes_back_with_the_one_after(
    cast: Cast, now: datetime
):
    make_public(cast.marlo, account=cast.alice, now=now)
    make_public(cast.sable, account=cast.charlie, now=now)
    take_snapshots(now)
    uploads = (Board.UPLOADS, Span.ALL)
    set_opt_outs(cast.marlo, boards={Board.UPLOADS}, by=cast.alice, now=now)
    place = place_of(cast.marlo.pk, *uploads)
    assert place.row is not None and place.leaving
    take_snapshots(now + timedelta(minutes=5))
    assert place_of(cast.marlo.pk, *uploads).unranked is Unranked.OPTED_OUT
    sheet = newest(*uploads)
    assert sheet is not None and sheet.ranked == 1
    assert opt_outs(cast.marlo.pk) == {Board.UPLOADS: now}
    # Saying so again keeps since when; the other boards never cared.
    set_opt_outs(cast.marlo, boards={Board.UPLOADS, Board.PLAYS}, by=cast.bob, now=now + DAY)
    assert opt_outs(cast.marlo.pk)[Board.UPLOADS] == now
    set_opt_outs(cast.marlo, boards=(), by=cast.alice, now=now + DAY)
    take_snapshots(now + timedelta(minutes=10))
    assert place_of(cast.marlo.pk, *uploads).row is not None


def test_why_somebody_is_not_ranked(cast: Cast, now: datetime):
    uploads, quality = (Board.UPLOADS, Span.ALL), (Board.QUALITY, Span.NOW)
    assert place_of(cast.marlo.pk, *uploads).unranked is Unranked.NO_SNAPSHOT
    take_snapshots(now)
    assert place_of(cast.marlo.pk, *uploads).unranked is Unranked.NO_BEAT
    make_public(cast.marlo, account=cast.alice, now=now + timedelta(minutes=1))
    assert place_of(cast.marlo.pk, *uploads).unranked is Unranked.TOO_NEW
    take_snapshots(now + timedelta(minutes=5))
    assert place_of(cast.marlo.pk, *uploads).unranked is None
    assert place_of(cast.marlo.pk, *quality).unranked is Unranked.FEW_BEATS
    assert place_of(cast.marlo.pk, Board.PLAYS, Span.ALL).unranked is Unranked.NO_SCORE
    people.add_member(cast.marlo, account=cast.dana, role=Member.Role.ANALYST, now=now)
    take_snapshots(now + timedelta(minutes=10))
    assert place_of(cast.marlo.pk, *uploads).unranked is Unranked.STAFF


def test_finding_a_producer(cast: Cast, now: datetime):
    for artist, account in ((cast.marlo, cast.alice), (cast.sable, cast.charlie), (cast.sable, cast.charlie)):
        make_public(artist, account=account, now=now)
    take_snapshots(now)
    sheet = newest(Board.UPLOADS, Span.ALL)
    assert sheet is not None
    found = found_on(sheet, "a")
    assert [row.artist_id for row in found] == [cast.sable.pk, cast.marlo.pk]
    assert [row.rank for row in found_on(sheet, "@marlo")] == [2]
    assert found_on(sheet, "Nakagawa") == []
    Artist.objects.filter(pk=cast.sable.pk).update(revoked_at=now)
    assert set(artists_of(found)) == {cast.marlo.pk}


def test_why_am_i_here_from_real_rows(cast: Cast, now: datetime):
    for number in range(5):
        make_public(cast.sable, account=cast.charlie, now=now - number * DAY)
    for _ in range(2):
        make_public(cast.marlo, account=cast.alice, now=now - DAY)
    Beat.objects.filter(artist=cast.sable).update(description="")
    take_snapshots(now)
    assert overall_place(cast.sable.pk) == (1, 1)
    overall = newest(Board.OVERALL, Span.ALL)
    assert overall is not None
    story = why(overall, cast.sable.pk, now=now)
    assert story is not None and story.ahead is None and story.options == []
    assert [part.board for part in story.components if part.row] == [Board.UPLOADS, Board.QUALITY]
    assert sum(part.weighed for part in story.components) == story.row.score
    assert why(overall, cast.marlo.pk, now=now) is None  # last in Uploads, nothing else: 0
