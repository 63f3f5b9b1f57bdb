"""Inviting, roles, leaving, and the two halves of becoming an owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from backline.outbox.models import Mail
from backline.outbox.queries import audit_of_artist
from backline.people import actions, queries
from backline.people.actions import NotPossible
from backline.people.models import Account, Invitation, Member
from tests.conftest import Cast


def member(cast: Cast, account: Account) -> Member:
    return Member.objects.get(artist=cast.marlo, account=account)


def invite(cast: Cast, now: datetime, *, email: str = "Lee@example.com", role: str = "manager") -> Invitation:
    return actions.invite_member(cast.marlo, email=email, role=role, by=cast.alice, now=now)


def secret_in_mail() -> str:
    body = Mail.objects.latest("pk").body
    return body.split("/backstage/members/join/")[1].split("/")[1]


def test_an_invitation_makes_a_member_once(cast: Cast, now: datetime):
    invitation = invite(cast, now)
    assert queries.invitation(invitation.pk, secret_in_mail()) == invitation
    joined = actions.accept_invitation(invitation, account=cast.lee, now=now)
    assert joined.role == Member.Role.MANAGER
    assert actions.accept_invitation(invitation, account=cast.lee, now=now) == joined
    assert [line.text for line in audit_of_artist(cast.marlo.pk, limit=9)] == [
        "joined as manager",
        "invited lee@example.com as manager",
    ]


def test_the_secret_is_not_kept(cast: Cast, now: datetime):
    invitation = invite(cast, now)
    assert secret_in_mail() not in (invitation.digest, str(invitation))
    assert queries.invitation(invitation.pk, "another") is None


def test_the_link_is_for_the_invited_address_only(cast: Cast, now: datetime):
    invitation = invite(cast, now)
    with pytest.raises(NotPossible, match=r"lee@example\.com"):
        actions.accept_invitation(invitation, account=cast.charlie, now=now)


@pytest.mark.parametrize("end", ["expired", "withdrawn", "replaced", "used by another"])
def test_an_ended_invitation_makes_nobody_a_member(cast: Cast, now: datetime, end: str):
    invitation, later = invite(cast, now), now
    if end == "expired":
        later = now + timedelta(days=14)
    elif end == "withdrawn":
        actions.withdraw_invitation(invitation, by=cast.alice, now=now)
    elif end == "replaced":
        invite(cast, now)
    else:
        Invitation.objects.update(ended_at=now, accepted_by=cast.charlie)
    with pytest.raises(NotPossible):
        actions.accept_invitation(invitation, account=cast.lee, now=later)


def test_a_member_is_not_invited_again(cast: Cast, now: datetime):
    with pytest.raises(NotPossible, match="member already"):
        invite(cast, now, email="BOB@example.com")


def test_twenty_open_invitations_are_enough(cast: Cast, now: datetime):
    for number in range(20):
        invite(cast, now, email=f"friend{number}@example.com")
    with pytest.raises(NotPossible, match="Twenty"):
        invite(cast, now)
    assert invite(cast, now + timedelta(days=15)), "expired ones do not count"


def test_the_last_owner_stays(cast: Cast, now: datetime):
    alice = member(cast, cast.alice)
    with pytest.raises(NotPossible, match="needs an owner"):
        actions.remove_member(alice, by=cast.alice, now=now)
    with pytest.raises(NotPossible, match="needs an owner"):
        actions.change_role(alice, role="analyst", by=cast.alice, now=now)


def test_becoming_an_owner_needs_both(cast: Cast, now: datetime):
    bob = member(cast, cast.bob)
    with pytest.raises(NotPossible, match="offer it"):
        actions.change_role(bob, role="owner", by=cast.alice, now=now)
    actions.offer_ownership(bob, by=cast.alice, now=now)
    bob.refresh_from_db()
    assert bob.role == Member.Role.MANAGER
    assert actions.answer_ownership(bob, accepted=True, now=now).role == Member.Role.OWNER
    actions.remove_member(member(cast, cast.alice), by=cast.alice, now=now)
    assert queries.owner_ids(cast.marlo.pk) == [cast.bob.pk]


def test_an_offer_falls_with_who_made_it(cast: Cast, now: datetime):
    for person in (cast.bob, cast.ada):
        actions.offer_ownership(member(cast, person), by=cast.alice, now=now)
    actions.answer_ownership(member(cast, cast.bob), accepted=True, now=now)
    actions.change_role(member(cast, cast.alice), role="manager", by=cast.bob, now=now)
    with pytest.raises(NotPossible, match="does not stand"):
        actions.answer_ownership(member(cast, cast.ada), accepted=True, now=now)


def test_a_declined_offer_changes_nothing(cast: Cast, now: datetime):
    actions.offer_ownership(member(cast, cast.ada), by=cast.alice, now=now)
    ada = actions.answer_ownership(member(cast, cast.ada), accepted=False, now=now)
    assert (ada.role, ada.offered_at) == (Member.Role.ANALYST, None)


def test_removing_twice_is_harmless(cast: Cast, now: datetime):
    ada = member(cast, cast.ada)
    actions.remove_member(ada, by=cast.alice, now=now)
    actions.remove_member(ada, by=cast.alice, now=now)
    assert cast.ada.pk not in queries.member_account_ids([cast.marlo.pk])[cast.marlo.pk]


def test_a_link_that_was_used_leads_nobody_back_who_was_removed(cast: Cast, now: datetime):
    invitation = invite(cast, now)
    actions.remove_member(
        actions.accept_invitation(invitation, account=cast.lee, now=now), by=cast.alice, now=now
    )
    with pytest.raises(NotPossible, match="has been used"):
        actions.accept_invitation(invitation, account=cast.lee, now=now)
    assert not Member.objects.filter(artist=cast.marlo, account=cast.lee).exists()


@pytest.mark.parametrize("end", ["removed", "changed", "closed", "deleted"])
def test_an_invitation_falls_with_the_right_of_who_sent_it(cast: Cast, now: datetime, end: str):
    bob = member(cast, cast.bob)
    actions.answer_ownership(actions.offer_ownership(bob, by=cast.alice, now=now), accepted=True, now=now)
    Member.objects.filter(artist=cast.kit).delete()
    invitation = actions.invite_member(
        cast.marlo, email="lee@example.com", role="owner", by=cast.bob, now=now
    )
    if end == "removed":
        actions.remove_member(bob, by=cast.alice, now=now)
    elif end == "changed":
        actions.change_role(bob, role="manager", by=cast.alice, now=now)
    elif end == "closed":
        actions.close_artist(cast.marlo, by=cast.alice, now=now)
    else:
        actions.delete_account(cast.bob, now=now)
    assert queries.open_invitations(cast.marlo.pk, now=now) == []
    with pytest.raises(NotPossible, match="withdrawn"):
        actions.accept_invitation(invitation, account=cast.lee, now=now)


def test_an_offer_that_is_made_twice_is_one(cast: Cast, now: datetime):
    for _ in range(2):
        actions.offer_ownership(member(cast, cast.bob), by=cast.alice, now=now + timedelta(seconds=1))
    assert len([line for line in audit_of_artist(cast.marlo.pk, limit=9) if "offered" in line.text]) == 1
    assert Mail.objects.count() == 1


def test_a_member_who_was_removed_in_another_tab_is_given_nothing(cast: Cast, now: datetime):
    ada = member(cast, cast.ada)
    actions.remove_member(member(cast, cast.ada), by=cast.alice, now=now)
    acts: list[Callable[[], Member]] = [
        lambda: actions.change_role(ada, role="manager", by=cast.alice, now=now),
        lambda: actions.offer_ownership(ada, by=cast.alice, now=now),
        lambda: actions.answer_ownership(ada, accepted=True, now=now),
    ]
    for act in acts:
        with pytest.raises(NotPossible, match="removed meanwhile"):
            act()
