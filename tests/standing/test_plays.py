"""XP for plays: per account, beat and day; signed-out listeners up to 20; final once the day is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from backline.catalog.models import Beat, Credit
from backline.domain.verdicts import Verdict
from backline.listening import queries as listening
from backline.listening.changing import change_verdicts
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.store.rows import CODES
from backline.standing import actions
from backline.standing.models import Award, Round
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.listening.world import Player, listen, send
from tests.standing.world import of_source, xp

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TODAY = "2026-03-18"


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return make_public(cast.marlo, account=cast.alice, now=now - 10 * DAY)


def heard(beat: Beat, *listeners: str, at: datetime, now: datetime) -> None:
    send(*(listen(beat, at=at, listener=listener) for listener in listeners), now=now)
    fold_all(now=now)


def test_an_account_counts_once_a_beat_and_day(cast: Cast, beat: Beat, now: datetime):
    other = make_public(cast.marlo, account=cast.alice, now=now - 10 * DAY)
    for one, at in ((beat, now - 2 * HOUR), (beat, now - HOUR), (other, now - 3 * HOUR), (beat, now - DAY)):
        heard(one, "lee", at=at, now=now)
    actions.award_plays(now=now)
    assert of_source(cast.marlo, "plays") == [("2026-03-17", 1), (TODAY, 2)]
    assert xp(cast.marlo) == 3


def test_an_open_day_has_one_row_whose_amount_follows(cast: Cast, beat: Beat, now: datetime):
    heard(beat, "lee", at=now - HOUR, now=now)
    actions.award_plays(now=now)
    heard(beat, "kim", "sam", at=now - HOUR, now=now)
    actions.award_plays(now=now)
    actions.award_plays(now=now)
    assert of_source(cast.marlo, "plays") == [(TODAY, 3)]
    assert xp(cast.marlo) == 3


def test_signed_out_listeners_count_up_to_20_a_beat_and_day(cast: Cast, beat: Beat, now: datetime):
    for number in range(22):
        player = Player(beat, now=now - HOUR, visitor=f"{number:022}", address=f"203.0.{number}.7")
        player.report([0, 40], after_s=41, final=True)
    heard(beat, "lee", at=now - HOUR, now=now)
    actions.award_plays(now=now)
    assert of_source(cast.marlo, "plays") == [(TODAY, 21)]


def test_own_plays_bring_nothing(cast: Cast, beat: Beat, now: datetime):
    for account in (cast.alice, cast.bob, cast.ada):
        player = Player(beat, now=now - HOUR, account_id=account.pk)
        player.report([0, 60], after_s=61, final=True)
    fold_all(now=now)
    actions.award_plays(now=now)
    assert of_source(cast.marlo, "plays") == []


def test_each_credited_artist_gets_the_days_from_its_acceptance(cast: Cast, beat: Beat, now: datetime):
    Credit.objects.create(
        beat=beat,
        artist=cast.sable,
        position=1,
        state="accepted",
        invited_at=now - DAY,
        answered_at=now - DAY,
    )
    heard(beat, "lee", at=now - 2 * DAY, now=now)
    heard(beat, "lee", at=now - HOUR, now=now)
    actions.award_plays(now=now)
    assert of_source(cast.sable, "plays") == [(TODAY, 1)]
    assert len(of_source(cast.marlo, "plays")) == 2


def test_a_closed_day_is_final_and_done_once(cast: Cast, beat: Beat, now: datetime):
    heard(beat, "lee", at=now - HOUR, now=now)
    actions.award_plays(now=now)
    later = now + 5 * DAY
    close(later)
    actions.award_plays(now=later)
    assert listening.last_closed_day() == Round.objects.get(pk=1).plays_through
    assert Round.objects.get(pk=1).plays_through >= date(2026, 3, 18)  # type: ignore[operator]
    assert of_source(cast.marlo, "plays") == [(TODAY, 1)]


def test_a_case_that_withdraws_plays_of_a_closed_day_is_reversed_with_a_note(
    cast: Cast, beat: Beat, now: datetime
):
    heard(beat, "lee", "kim", at=now - HOUR, now=now)
    later = now + 5 * DAY
    close(later)
    actions.award_plays(now=later)
    change_verdicts([(1, CODES[Verdict.WITHDRAWN])], case_id=7, reason="withdrawn", at=later)
    actions.award_plays(now=later)
    assert of_source(cast.marlo, "plays") == [(TODAY, 2), (TODAY, -2), (TODAY, 1)]
    assert Award.objects.get(amount=-2).note == "The day's plays were judged anew."
    assert xp(cast.marlo) == 1
    change_verdicts([(1, CODES[Verdict.COUNTED])], case_id=7, reason="reversed", at=later)
    actions.award_plays(now=later)
    assert xp(cast.marlo) == 2
    assert Award.objects.filter(source="plays").order_by("-id")[0].generation == 3


def test_a_request_computes_the_open_days_of_that_artist(cast: Cast, beat: Beat, now: datetime):
    heard(beat, "lee", at=now - HOUR, now=now)
    assert actions.ask_refresh(cast.marlo, now=now)
    assert actions.answer_request(now=now)
    assert of_source(cast.marlo, "plays") == [(TODAY, 1)]
    assert xp(cast.marlo) == 151


def test_plays_that_reach_a_hundred_are_dated_at_their_day(cast: Cast, beat: Beat, now: datetime):
    heard(beat, *(f"p{number}" for number in range(60)), at=now - 2 * DAY, now=now)
    heard(beat, *(f"q{number}" for number in range(60)), at=now - DAY, now=now)
    actions.run_round(now=now)
    award = Award.objects.get(artist=cast.marlo, rule="plays_100")
    assert award.at.date().isoformat() == "2026-03-17"


def close(now: datetime) -> None:
    """Closes every day that is over for long enough."""
    close_all(now=now)
