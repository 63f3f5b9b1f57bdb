"""Why am I here: every option, applied to the facts and ranked again, lifts a place, and one less does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from backline.catalog.fields import BeatFields
from backline.catalog.models import Beat, Tag
from backline.domain.boards import WEIGHTS, Board, Span, component_span
from backline.people.models import Artist
from backline.standing.snapshots.actions import keep_snapshots, take_snapshots
from backline.standing.snapshots.sheets import newest
from backline.standing.snapshots.why import Why, why
from tests.catalog.makers import COMPLETE, make_public
from tests.conftest import Cast
from tests.standing.board_worlds import ON, Figures, facts_of, naive_overall
from tests.standing.test_lifting import changed, more

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LACKING: BeatFields = replace(COMPLETE, description="")
FIGURES: Figures = {
    (Board.POINTS, Span.ALL): {a: (a * 700 % 900 + 1, 2) for a in range(1, 13)},
    (Board.PLAYS, Span.ALL): {a: (a * 311 % 400 + 1, 3) for a in range(1, 13)},
    (Board.PLAYS, Span.THIRTY): {4: (60, 3)},
    (Board.UPLOADS, Span.ALL): {a: (a * 5 % 7 + 1, 1) for a in range(1, 13)},
    (Board.UPLOADS, Span.THIRTY): {4: (2, 2)},
    (Board.COLLAB, Span.ALL): {a: (a % 4, a % 5, a * 10) for a in range(5, 13)},
    (Board.EARNINGS, Span.ALL): {a: (a * 97 % 50 + 1, 1, 0) for a in range(1, 13)},
}


def story(artist: int, now: datetime) -> Why:
    overall = newest(Board.OVERALL, Span.ALL)
    assert overall is not None
    found = why(overall, artist, now=now)
    assert found is not None
    return found


def test_each_option_lifts_and_one_less_does_not(now: datetime):
    facts = facts_of(FIGURES, artists=list(range(1, 13)))
    keep_snapshots(facts, now=now)
    rank = naive_overall(facts, Span.ALL)[0]
    lifted = 0
    for artist in [artist for artist in rank if rank[artist] > 1]:
        for option in story(artist, now).options:
            part = component_span(option.board, Span.ALL)
            assert part is not None
            place = (option.board, part)
            if option.amount is None:
                continue

            def again(amount: int, place: tuple[Board, Span] = place, artist: int = artist) -> int:
                world = changed(facts, place, artist, more(facts, place, artist, amount))
                return naive_overall(world, Span.ALL)[0][artist]

            lifted += 1
            assert again(option.amount) < rank[artist], option
            assert option.amount == 1 or again(option.amount - 1) >= rank[artist], option
    assert lifted > 20


def test_the_cheapest_at_the_own_pace_comes_first(now: datetime):
    few = {**FIGURES, (Board.UPLOADS, Span.ALL): {**FIGURES[Board.UPLOADS, Span.ALL], 4: (2, 1)}}
    keep_snapshots(facts_of(few, artists=list(range(1, 13))), now=now)
    found = story(4, now)
    by_board = {option.board: option for option in found.options}
    assert set(by_board) == set(WEIGHTS)
    assert by_board[Board.PLAYS].days == -(-(by_board[Board.PLAYS].amount or 0) * 30 // 60)
    assert by_board[Board.UPLOADS].days == (by_board[Board.UPLOADS].amount or 0) * 15
    days = [option.days for option in found.options if option.days is not None]
    assert days == sorted(days) and len(days) == 2
    assert all(option.days is None for option in found.options[2:])


def test_of_earnings_only_places_are_told(now: datetime):
    keep_snapshots(facts_of(FIGURES, artists=list(range(1, 13))), now=now)
    options = [o for artist in range(1, 13) for o in story(artist, now).options if o.board is Board.EARNINGS]
    assert {option.amount for option in options} == {None}
    assert any(option.rank_after is not None for option in options)


def test_what_was_gained_since_yesterday(now: datetime):
    keep_snapshots(facts_of(FIGURES, artists=list(range(1, 13)), on=ON), now=now)
    assert story(4, now).gained is None
    better: Figures = {**FIGURES, (Board.PLAYS, Span.ALL): {**FIGURES[Board.PLAYS, Span.ALL], 4: (999, 3)}}
    keep_snapshots(facts_of(better, artists=list(range(1, 13)), on=ON + DAY), now=now + DAY)
    found = story(4, now + DAY)
    plays = next(part for part in found.components if part.board is Board.PLAYS)
    assert plays.row is not None and plays.row.rank == 1 and (plays.row.moved or 0) > 0
    assert found.gained is not None and found.gained > 0


def release(artist: Artist, cast: Cast, *, complete: int, lacking: int, now: datetime) -> None:
    account = {cast.marlo: cast.alice, cast.sable: cast.charlie}[artist]
    for number in range(complete + lacking):
        fields = COMPLETE if number < complete else LACKING
        make_public(artist, account=account, fields=fields, now=now - DAY)


def test_completing_beats_is_counted_in_real_beats(cast: Cast, now: datetime):
    release(cast.marlo, cast, complete=2, lacking=4, now=now)
    release(cast.sable, cast, complete=5, lacking=1, now=now)
    make_public(cast.sable, account=cast.charlie, now=now - DAY, fields=LACKING)
    make_public(cast.marlo, account=cast.alice, now=now - DAY, fields=LACKING)
    take_snapshots(now)
    quality = next(option for option in story(cast.marlo.pk, now).options if option.board is Board.QUALITY)
    assert quality.amount is not None

    def complete(count: int) -> int:
        lacking = Beat.objects.filter(artist=cast.marlo, description="")[:count]
        Beat.objects.filter(pk__in=[beat.pk for beat in lacking]).update(description="Wide.")
        take_snapshots(now + timedelta(minutes=5))
        return story(cast.marlo.pk, now).row.rank

    assert Tag.objects.exists()
    assert complete(quality.amount - 1) == 2
    assert complete(1) == 1
