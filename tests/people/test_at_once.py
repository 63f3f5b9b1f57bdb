"""Two tabs, or two processes: of two people who do something at the same moment, one sees what the other did.

Threads wait for each other on PostgreSQL only; the tests' SQLite lives in memory and has one writer in any case.
"""

from __future__ import annotations

from datetime import datetime

from backline.outbox.models import AuditEntry
from backline.people import actions, queries
from backline.people.models import Account, Application, Artist, FormerHandle, Member
from tests.conftest import Cast
from tests.people.applying import sent
from tests.people.at_once import at_once


def member(artist: Artist, account: Account) -> Member:
    return Member.objects.get(artist=artist, account=account)


def own_together(cast: Cast, now: datetime) -> tuple[Member, Member]:
    """Alice and Bob, both owners of Marlo Vane."""
    Member.objects.filter(artist=cast.marlo, account=cast.bob).update(role=Member.Role.OWNER)
    return member(cast.marlo, cast.alice), member(cast.marlo, cast.bob)


def test_an_application_is_sent_once_and_approved_once(people: Cast, now: datetime):
    draft = actions.save_application(people.lee, kind="become", texts={"name": "Tide"}, agreed=True, now=now)
    assert at_once(*[lambda: actions.send_application(draft, now=now)] * 2) == []
    assert at_once(*[lambda: actions.approve_application(draft, by=people.dana, now=now)] * 2) == []
    assert Artist.objects.filter(name="Tide").count() == 1
    titles = [event.title for event in queries.history(draft.pk, for_staff=True)]
    assert titles == ["Sent", "Approved"]


def test_a_draft_that_two_tabs_begin_is_one(people: Cast, now: datetime):
    def begin() -> None:
        actions.save_application(people.lee, kind="become", texts={"name": "Tide"}, now=now)

    assert at_once(begin, begin) == []
    assert Application.objects.count() == 1


def test_of_two_claims_one_makes_an_owner(people: Cast, now: datetime):
    ghost = actions.add_unclaimed(name="Ghost", handle="ghost", by=people.dana, now=now)
    claims = [sent(who, now, kind="claim", artist=ghost, role="artist") for who in (people.lee, people.bob)]
    [refused] = at_once(
        *[lambda it=it: actions.approve_application(it, by=people.dana, now=now) for it in claims]
    )
    assert "has an owner" in refused and len(queries.owner_ids(ghost.pk)) == 1


def test_an_invitation_that_is_accepted_twice_makes_one_member(people: Cast, now: datetime):
    invitation = actions.invite_member(
        people.marlo, email="lee@example.com", role="manager", by=people.alice, now=now
    )
    assert at_once(*[lambda: actions.accept_invitation(invitation, account=people.lee, now=now)] * 2) == []
    assert Member.objects.filter(artist=people.marlo, account=people.lee).count() == 1
    assert AuditEntry.objects.filter(text="joined as manager").count() == 1


def test_ownership_is_taken_while_its_giver_leaves(people: Cast, now: datetime):
    alice, bob = member(people.marlo, people.alice), member(people.marlo, people.bob)
    actions.offer_ownership(bob, by=people.alice, now=now)
    refused = at_once(
        lambda: actions.answer_ownership(bob, accepted=True, now=now),
        lambda: actions.remove_member(alice, by=people.alice, now=now),
    )
    # Whoever was first, there is an owner: Alice was told to stay, or Bob had said yes before she left.
    assert queries.owner_ids(people.marlo.pk) and len(refused) <= 1


def test_of_two_owners_who_leave_one_stays(people: Cast, now: datetime):
    alice, bob = own_together(people, now)
    [refused] = at_once(
        lambda: actions.remove_member(alice, by=people.alice, now=now),
        lambda: actions.remove_member(bob, by=people.bob, now=now),
    )
    assert "needs an owner" in refused and len(queries.owner_ids(people.marlo.pk)) == 1


def test_of_two_owners_who_delete_their_accounts_one_stays(people: Cast, now: datetime):
    own_together(people, now)
    Member.objects.filter(artist=people.kit).delete()
    [refused] = at_once(*[
        lambda who=who: actions.delete_account(who, now=now) for who in (people.alice, people.bob)
    ])  # fmt: skip
    assert "only owner" in refused and len(queries.owner_ids(people.marlo.pk)) == 1


def test_an_address_that_two_want_goes_to_one(people: Cast, now: datetime):
    wants = [(people.marlo, people.alice), (people.kit, people.bob)]
    refused = at_once(*[
        lambda it=it, by=by: actions.change_handle(it, handle="low-tide", by=by, now=now) for it, by in wants
    ])  # fmt: skip
    assert len(refused) == 1 and Artist.objects.filter(handle="low-tide").count() == 1


def test_an_address_that_is_just_left_is_nobody_elses(people: Cast, now: datetime):
    refused = at_once(
        lambda: actions.change_handle(people.marlo, handle="marlo", by=people.alice, now=now),
        lambda: actions.create_artist(people.lee, name="Me", handle="marlo-vane", now=now),
    )
    assert refused == ["marlo-vane"]
    assert FormerHandle.objects.get().artist == people.marlo


def test_two_tabs_that_change_the_address_leave_two_behind(people: Cast, now: datetime):
    for_two = [Artist.objects.get(pk=people.marlo.pk) for _ in range(2)]
    assert at_once(*[
        lambda it=it, to=to: actions.change_handle(it, handle=to, by=people.alice, now=now)
        for it, to in zip(for_two, ("marlo-a", "marlo-b"), strict=True)
    ]) == []  # fmt: skip
    assert FormerHandle.objects.count() == 2
