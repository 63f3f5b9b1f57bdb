"""Credits: invited, answered, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backline.catalog import actions, queries
from backline.catalog.actions import CannotInvite, NotInvited
from backline.catalog.models import Beat, Credit
from tests.catalog.makers import make_public
from tests.conftest import NOW, Cast

HOUR = timedelta(hours=1)


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return make_public(cast.marlo, account=cast.alice, now=now)


def test_an_invited_artist_counts_once_they_accept(cast: Cast, beat: Beat, now: datetime):
    credit = actions.invite_credit(beat, artist=cast.kit, now=now)
    assert [row.credit_id for row in queries.open_invitations(cast.kit.pk)] == [credit.pk]
    assert not Beat.objects.credited_to(cast.kit.pk).exists()
    answered = actions.answer_credit(credit, accept=True, now=now + HOUR)
    assert (answered.state, answered.answered_at) == ("accepted", now + HOUR)
    assert Beat.objects.credited_to(cast.kit.pk).get() == beat
    assert queries.open_invitations(cast.kit.pk) == []


def test_inviting_and_answering_again_changes_nothing(cast: Cast, beat: Beat, now: datetime):
    credit = actions.invite_credit(beat, artist=cast.kit, now=now)
    assert actions.invite_credit(beat, artist=cast.kit, now=now + HOUR).invited_at == now
    actions.answer_credit(credit, accept=True, now=now)
    assert actions.answer_credit(credit, accept=True, now=now + HOUR).answered_at == now
    with pytest.raises(NotInvited):
        actions.answer_credit(credit, accept=False, now=now)


def test_one_who_declined_can_be_asked_again(cast: Cast, beat: Beat, now: datetime):
    credit = actions.invite_credit(beat, artist=cast.kit, now=now)
    actions.answer_credit(credit, accept=False, now=now)
    again = actions.invite_credit(beat, artist=cast.kit, now=now + HOUR)
    assert (again.pk, again.state, again.answered_at) == (credit.pk, "invited", None)


def test_the_own_artist_and_one_not_in_good_standing_cannot_be_invited(cast: Cast, beat: Beat, now: datetime):
    with pytest.raises(CannotInvite, match="own artist"):
        actions.invite_credit(beat, artist=cast.marlo, now=now)
    cast.sable.revoked_at = now
    with pytest.raises(CannotInvite, match="Sable Ortiz cannot be credited"):
        actions.invite_credit(beat, artist=cast.sable, now=now)


def test_a_full_list_takes_no_more(cast: Cast, beat: Beat, now: datetime, monkeypatch: pytest.MonkeyPatch):
    from backline.catalog.actions import credits

    monkeypatch.setattr(credits, "MOST_CREDITS", 2)
    actions.invite_credit(beat, artist=cast.kit, now=now)
    with pytest.raises(CannotInvite, match="at most 2"):
        actions.invite_credit(beat, artist=cast.sable, now=now)


def test_a_withdrawn_invitation_cannot_be_answered_and_the_own_credit_stays(
    cast: Cast, beat: Beat, now: datetime
):
    credit = actions.invite_credit(beat, artist=cast.kit, now=now)
    assert actions.withdraw_credit(beat, artist=cast.kit, now=NOW) is True
    assert actions.withdraw_credit(beat, artist=cast.kit, now=NOW) is False
    with pytest.raises(NotInvited):
        actions.answer_credit(credit, accept=True, now=now)
    assert actions.withdraw_credit(beat, artist=cast.marlo, now=NOW) is False
    assert Credit.objects.get(beat=beat).artist == cast.marlo
