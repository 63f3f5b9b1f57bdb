"""Artists, members, tokens and the first staff account."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from backline.people import actions, queries
from backline.people.models import Account, Artist, Member, Token
from tests.conftest import PASSWORD, Cast


def test_an_account_may_sign_in_with_its_address_in_any_case(db: None, now: datetime) -> None:
    actions.create_account("Noor@Example.com", name="Noor", password=PASSWORD, now=now)
    account = Account.objects.get(email="noor@example.com")
    assert account.check_password(PASSWORD)
    with pytest.raises(IntegrityError):
        actions.create_account("NOOR@example.com", name="Other", password=PASSWORD, now=now)


def test_the_first_staff_account_is_made_once(db: None, now: datetime) -> None:
    first = actions.create_first_staff("dana@example.com", name="Dana", password=PASSWORD, now=now)
    assert first.is_staff
    with pytest.raises(actions.StaffExists):
        actions.create_first_staff("eve@example.com", name="Eve", password=PASSWORD, now=now)
    assert not Account.objects.filter(email="eve@example.com").exists()


def test_creating_an_artist_makes_the_account_its_owner(cast: Cast, now: datetime) -> None:
    artist = actions.create_artist(cast.lee, name="Lee Sound", handle="lee-sound", now=now)
    assert queries.membership(cast.lee, "LEE-SOUND") == Member.objects.get(artist=artist, role="owner")


@pytest.mark.parametrize("handle", ["marlo-vane", "Marlo-Vane"])
def test_a_taken_handle_is_refused_in_any_case_and_leaves_nothing(
    cast: Cast, now: datetime, handle: str
) -> None:
    with pytest.raises((actions.HandleTaken, ValueError)):
        actions.create_artist(cast.lee, name="Copy", handle=handle, now=now)
    assert not Artist.objects.filter(name="Copy").exists()
    assert queries.memberships(cast.lee) == []


@pytest.mark.parametrize("handle", ["", "-", "a b", "ünder", "x" * 41, "../etc"])
def test_a_handle_of_a_wrong_form_is_refused_with_a_sentence(cast: Cast, now: datetime, handle: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ .*\."):
        actions.create_artist(cast.lee, name="Odd", handle=handle, now=now)


def test_adding_a_member_twice_changes_the_role_and_keeps_one_row(cast: Cast, now: datetime) -> None:
    actions.add_member(cast.marlo, account=cast.lee, role=Member.Role.ANALYST, now=now)
    actions.add_member(cast.marlo, account=cast.lee, role=Member.Role.MANAGER, now=now + timedelta(days=1))
    member = Member.objects.get(artist=cast.marlo, account=cast.lee)
    assert (member.role, member.joined_at) == ("manager", now)


def test_a_token_is_found_by_its_text_and_kept_as_a_hash(cast: Cast, now: datetime) -> None:
    token, text = actions.issue_token(cast.alice, name="laptop", scopes=["read"], now=now)
    assert queries.token_for(text, now=now) == token
    assert text not in str(Token.objects.values_list().get(pk=token.pk))
    assert queries.token_for(text + "x", now=now) is None


def test_a_token_ends_by_expiry_revocation_and_with_its_account(cast: Cast, now: datetime) -> None:
    hour = timedelta(hours=1)
    token, text = actions.issue_token(cast.alice, name="ci", scopes=["read"], now=now, expires_at=now + hour)
    assert queries.token_for(text, now=now + hour - timedelta(seconds=1)) == token
    assert queries.token_for(text, now=now + hour) is None
    Account.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert queries.token_for(text, now=now) is None
    Account.objects.filter(pk=cast.alice.pk).update(is_active=True)
    Token.objects.filter(pk=token.pk).update(revoked_at=now)
    assert queries.token_for(text, now=now) is None


def test_members_of_several_artists_come_in_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    ids = [cast.marlo.pk, cast.kit.pk, 999]
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.member_account_ids(ids)
    assert found == {
        cast.marlo.pk: {cast.alice.pk, cast.bob.pk, cast.ada.pk},
        cast.kit.pk: {cast.bob.pk},
        999: set(),
    }
