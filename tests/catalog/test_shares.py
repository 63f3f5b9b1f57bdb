"""Share tables: proposing, answering, and what counts on a day, by what had been answered then."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backline.catalog import actions
from backline.catalog.actions import HasShare, InvalidShares, NotPossible
from backline.catalog.models import Beat, Credit, ShareTable
from backline.catalog.queries.shares import agreed_shares, open_shares, shares_in_force
from tests.catalog.makers import make_public
from tests.conftest import Cast

DAY = timedelta(days=1)


@pytest.fixture
def duo(cast: Cast, now: datetime) -> Beat:
    """A beat of Marlo's on which Kit counts."""
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    actions.answer_credit(actions.invite_credit(beat, artist=cast.kit, now=now), accept=True, now=now)
    return beat


def propose(beat: Beat, cast: Cast, now: datetime, **shares: int) -> ShareTable:
    by_artist = {getattr(cast, name).pk: share for name, share in shares.items()}
    return actions.propose_shares(beat, shares=by_artist, starts_on=now.date(), by=cast.alice, now=now)


def in_force(beat: Beat, until: datetime) -> dict[int, int] | None:
    return shares_in_force([beat.pk], day=until.date(), until=until).get(beat.pk)


def test_a_table_names_every_artist_and_sums_to_the_whole(duo: Beat, cast: Cast, now: datetime):
    for shares in ({"marlo": 10_000}, {"marlo": 5_000, "kit": 4_999}, {"marlo": 5_000, "sable": 5_000}):
        with pytest.raises(InvalidShares):
            propose(duo, cast, now, **shares)
    assert not ShareTable.objects.exists()


def test_the_same_again_is_the_same_version_and_another_takes_its_place(duo: Beat, cast: Cast, now: datetime):
    first = propose(duo, cast, now, marlo=6_000, kit=4_000)
    assert propose(duo, cast, now, marlo=6_000, kit=4_000) == first
    second = propose(duo, cast, now, marlo=7_000, kit=3_000)
    first.refresh_from_db()
    assert (second.version, first.ended_at) == (2, now)
    with pytest.raises(NotPossible, match="not offered"):
        actions.accept_shares(first, artist=cast.kit, by=cast.bob, now=now)
    with pytest.raises(NotPossible, match="not named"):
        actions.accept_shares(second, artist=cast.sable, by=cast.charlie, now=now)


def test_a_version_counts_from_its_last_answer_and_is_never_asked_again(duo: Beat, cast: Cast, now: datetime):
    table = propose(duo, cast, now, marlo=6_000, kit=4_000)
    assert [share.table_id for share in open_shares(cast.kit.pk)] == [table.pk]
    later = now + DAY
    for _ in range(2):
        actions.accept_shares(table, artist=cast.kit, by=cast.bob, now=later)
    assert open_shares(cast.kit.pk) == []
    assert in_force(duo, later) is None, "the answer came when the day was over"
    assert in_force(duo, later + DAY) == {cast.marlo.pk: 6_000, cast.kit.pk: 4_000}
    assert agreed_shares(duo.pk, day=now.date(), until=now + DAY / 2) is None


def test_what_counted_on_a_day_stays_so_after_the_version_ended(duo: Beat, cast: Cast, now: datetime):
    actions.invite_credit(duo, artist=cast.sable, now=now)
    table = propose(duo, cast, now, marlo=5_000, kit=3_000, sable=2_000)
    actions.accept_shares(table, artist=cast.kit, by=cast.bob, now=now)
    held = {cast.marlo.pk: 5_000, cast.kit.pk: 3_000}
    assert in_force(duo, now + DAY) == held
    assert agreed_shares(duo.pk, day=now.date(), until=now + DAY) is None
    actions.decline_shares(table, artist=cast.sable, by=cast.charlie, now=now + 2 * DAY)
    assert in_force(duo, now + DAY) == held
    assert in_force(duo, now + 3 * DAY) is None


def test_an_older_version_counts_while_the_newer_waits(duo: Beat, cast: Cast, now: datetime):
    first = propose(duo, cast, now, marlo=6_000, kit=4_000)
    actions.accept_shares(first, artist=cast.kit, by=cast.bob, now=now)
    second = propose(duo, cast, now + DAY, marlo=9_000, kit=1_000)
    assert in_force(duo, now + 2 * DAY) == {cast.marlo.pk: 6_000, cast.kit.pk: 4_000}
    actions.accept_shares(second, artist=cast.kit, by=cast.bob, now=now + 2 * DAY)
    assert in_force(duo, now + 3 * DAY) == {cast.marlo.pk: 9_000, cast.kit.pk: 1_000}
    with pytest.raises(NotPossible, match="has accepted"):
        actions.decline_shares(second, artist=cast.kit, by=cast.bob, now=now + 3 * DAY)


def test_declining_the_credit_ends_the_version_too(duo: Beat, cast: Cast, now: datetime):
    credit = actions.invite_credit(duo, artist=cast.sable, now=now)
    table = propose(duo, cast, now, marlo=5_000, kit=3_000, sable=2_000)
    actions.answer_credit(credit, accept=False, now=now)
    table.refresh_from_db()
    assert table.ended_at == now and Credit.objects.get(pk=credit.pk).state == "declined"


def test_a_credit_stays_while_the_version_its_artist_accepted_gives_it_a_part(
    duo: Beat, cast: Cast, now: datetime
):
    first = propose(duo, cast, now, marlo=6_000, kit=4_000)
    actions.accept_shares(first, artist=cast.kit, by=cast.bob, now=now)
    second = propose(duo, cast, now + DAY, marlo=10_000, kit=0)
    with pytest.raises(HasShare):
        actions.withdraw_credit(duo, artist=cast.kit, now=now + DAY)
    second.refresh_from_db()
    assert second.ended_at is None
    actions.accept_shares(second, artist=cast.kit, by=cast.bob, now=now + DAY)
    assert actions.withdraw_credit(duo, artist=cast.kit, now=now + DAY) is True
    assert in_force(duo, now + 2 * DAY) == {cast.marlo.pk: 10_000, cast.kit.pk: 0}
