"""Applying to the program: drafts, sending, deciding, revoking, and what each leaves behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backline.core import files
from backline.domain.applications import NotNow
from backline.outbox.models import Mail
from backline.people import actions, queries
from backline.people.models import Account, Application, Artist, Member
from tests.conftest import Cast
from tests.people.applying import WORDS, sent


def unclaimed(now: datetime) -> Artist:
    return Artist.objects.create(name="Ghost", handle="ghost", created_at=now)


def test_approval_makes_the_profile_and_its_owner(cast: Cast, now: datetime):
    application = actions.approve_application(sent(cast.lee, now), by=cast.dana, now=now)
    assert application.artist is not None
    assert (application.state, application.artist.handle) == ("approved", "low-tide-club")
    assert queries.owner_ids(application.artist.pk) == [cast.lee.pk]
    assert Mail.objects.get().subject == "Your application to become a producer: approved."
    again = actions.approve_application(application, by=cast.dana, now=now)
    assert again.artist == application.artist and Artist.objects.filter(name="Low Tide Club").count() == 1


def test_a_taken_handle_gets_a_number(cast: Cast, now: datetime):
    actions.create_artist(cast.charlie, name="Another Club", handle="low-tide-club", now=now)
    application = actions.approve_application(sent(cast.lee, now), by=cast.dana, now=now)
    assert application.artist is not None and application.artist.handle == "low-tide-club-2"


def test_a_draft_is_the_accounts_own_and_only_one(cast: Cast, now: datetime):
    for name in ("A", "B"):
        actions.save_application(cast.lee, kind="become", texts={"name": name}, now=now)
    assert [one.name for one in Application.objects.all()] == ["B"]
    page = queries.application_page(states=["draft"], kind="", mine=None, page=1, size=9)
    assert (page.rows, page.total) == ([], 0)


def test_while_one_waits_another_of_its_kind_is_refused(cast: Cast, now: datetime):
    sent(cast.lee, now)
    with pytest.raises(NotNow, match="already"):
        actions.save_application(cast.lee, kind="become", texts=WORDS, now=now)


def test_after_a_denial_one_waits_thirty_days(cast: Cast, now: datetime):
    actions.deny_application(sent(cast.lee, now), reason="material", text="Try more.", by=cast.dana, now=now)
    texts = [event.text for event in queries.history(Application.objects.get().pk, for_staff=False)]
    assert texts[-1] == "We could not hear enough of your own work at the link. Try more."
    with pytest.raises(NotNow, match="17 April 2026"):
        sent(cast.lee, now + timedelta(days=29))
    assert sent(cast.lee, now + timedelta(days=30)).state == "pending"


def test_a_question_comes_back_answered(cast: Cast, now: datetime):
    application = actions.ask_applicant(sent(cast.lee, now), text="A link?", by=cast.dana, now=now)
    assert application.state == "asked"
    assert sent(cast.lee, now).pk == application.pk
    assert queries.queue().counts == {"pending": 1}


@pytest.mark.parametrize(
    ("claimed", "role"), [("artist", "owner"), ("producer", "owner"), ("manager", "owner")]
)
def test_a_claim_gives_a_membership(cast: Cast, now: datetime, claimed: str, role: str):
    ghost = unclaimed(now)
    actions.approve_application(
        sent(cast.lee, now, kind="claim", artist=ghost, role=claimed), by=cast.dana, now=now
    )
    assert Member.objects.get(artist=ghost, account=cast.lee).role == role


def test_a_label_gets_the_role_that_staff_choose(cast: Cast, now: datetime):
    application = sent(cast.lee, now, kind="claim", artist=unclaimed(now), role="label")
    with pytest.raises(NotNow, match="Choose the role"):
        actions.approve_application(application, by=cast.dana, now=now)
    actions.approve_application(application, by=cast.dana, now=now, role="manager")
    assert Member.objects.get(account=cast.lee).role == "manager"


def test_of_two_claims_to_ownership_the_second_is_told(cast: Cast, now: datetime):
    ghost = unclaimed(now)
    first, second = (
        sent(who, now, kind="claim", artist=ghost, role="artist") for who in (cast.lee, cast.dana)
    )
    actions.approve_application(first, by=cast.dana, now=now)
    with pytest.raises(NotNow, match="has an owner"):
        actions.approve_application(second, by=cast.dana, now=now)
    assert queries.owner_ids(ghost.pk) == [cast.lee.pk]


def test_a_claimed_profile_cannot_be_sent_for(cast: Cast, now: datetime):
    with pytest.raises(NotNow, match="has an owner already"):
        sent(cast.lee, now, kind="claim", artist=cast.marlo, role="artist")


def test_verification_marks_the_profile(cast: Cast, now: datetime):
    actions.approve_application(
        sent(cast.alice, now, kind="verify", artist=cast.marlo), by=cast.dana, now=now
    )
    cast.marlo.refresh_from_db()
    assert cast.marlo.verified_at == now


def test_revoking_hides_and_restoring_brings_back(cast: Cast, now: datetime):
    application = actions.approve_application(sent(cast.lee, now), by=cast.dana, now=now)
    actions.revoke_application(application, text="Not your beats.", by=cast.dana, now=now)
    assert queries.artist_by_handle("low-tide-club") is None
    assert not Artist.objects.get(handle="low-tide-club").can_upload
    with pytest.raises(NotNow, match="revoked"):
        actions.save_application(cast.lee, kind="claim", texts=WORDS, now=now)
    actions.approve_application(application, by=cast.dana, now=now)
    assert queries.artist_by_handle("low-tide-club") is not None


def test_steps_that_do_not_fit_are_refused(cast: Cast, now: datetime):
    application = actions.deny_application(
        sent(cast.lee, now), reason="rights", text="", by=cast.dana, now=now
    )
    with pytest.raises(NotNow, match="no longer fits"):
        actions.approve_application(application, by=cast.dana, now=now)
    with pytest.raises(NotNow, match="no longer fits"):
        actions.send_application(application, now=now)
    with pytest.raises(NotNow, match="Choose a reason"):
        actions.deny_application(sent(cast.charlie, now), reason="other", text=" ", by=cast.dana, now=now)


def test_notes_of_staff_stay_with_staff(cast: Cast, now: datetime):
    application = sent(cast.lee, now)
    actions.note_for_staff(application, text="I know this one.", by=cast.dana, now=now)
    actions.assign_application(application, to=cast.dana, by=cast.dana, now=now)
    assert [event.title for event in queries.history(application.pk, for_staff=False)] == ["Sent"]
    assert len(queries.history(application.pk, for_staff=True)) == 3


def test_files_go_with_a_withdrawn_application(
    cast: Cast, now: datetime, tmp_path: Path, django_capture_on_commit_callbacks
):
    application = sent(cast.lee, now)
    for number in range(5):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(b"%PDF-1.7")
        actions.attach_file(application, path=path, file_name="a.pdf", media_type="application/pdf", now=now)
    path = tmp_path / "more.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(NotNow, match="takes 5 files"):
        actions.attach_file(application, path=path, file_name="b.pdf", media_type="application/pdf", now=now)
    assert len(list(files.path("attachments").iterdir())) == 5
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_application(application, now=now)
    assert list(files.path("attachments").iterdir()) == []


def test_names_that_look_alike_are_shown_to_staff(cast: Cast, now: datetime):
    draft = actions.save_application(cast.lee, kind="become", texts={"name": "MARL0 VANE"}, now=now)
    assert queries.alike(draft) == [cast.marlo]


def test_a_claim_takes_no_role_from_a_member(cast: Cast, now: datetime):
    claim = sent(cast.alice, now, kind="claim", artist=cast.marlo, role="manager")
    with pytest.raises(NotNow, match="a member of Marlo Vane already"):
        actions.approve_application(claim, by=cast.dana, now=now)
    assert queries.owner_ids(cast.marlo.pk) == [cast.alice.pk]


def test_what_was_closed_meanwhile_is_given_to_nobody(cast: Cast, now: datetime):
    claim = sent(cast.lee, now, kind="claim", artist=cast.marlo, role="manager")
    actions.close_artist(cast.marlo, by=cast.alice, now=now)
    with pytest.raises(NotNow, match="revoked or closed meanwhile"):
        actions.approve_application(claim, by=cast.dana, now=now)


def test_a_profile_that_its_owner_closed_is_not_restored(cast: Cast, now: datetime):
    application = actions.approve_application(sent(cast.lee, now), by=cast.dana, now=now)
    actions.revoke_application(application, text="Not your beats.", by=cast.dana, now=now)
    assert application.artist is not None
    actions.close_artist(application.artist, by=cast.lee, now=now)
    with pytest.raises(NotNow, match="closed by its owner"):
        actions.approve_application(application, by=cast.dana, now=now)


def test_who_left_a_profile_does_not_get_it_verified(cast: Cast, now: datetime):
    application = sent(cast.bob, now, kind="verify", artist=cast.marlo)
    Member.objects.filter(artist=cast.marlo, account=cast.bob).delete()
    with pytest.raises(NotNow, match="no member of Marlo Vane any more"):
        actions.approve_application(application, by=cast.dana, now=now)


def test_a_stale_tab_is_told_that_it_was_withdrawn(cast: Cast, now: datetime):
    application = sent(cast.lee, now)
    actions.withdraw_application(Application.objects.get(pk=application.pk), now=now)
    with pytest.raises(NotNow, match="has been withdrawn"):
        actions.approve_application(application, by=cast.dana, now=now)


def test_what_staff_press_twice_is_written_once(cast: Cast, now: datetime):
    application = sent(cast.lee, now)
    Account.objects.filter(pk=cast.dana.pk).update(name="D" * 80)
    cast.dana.refresh_from_db()
    for _ in range(2):
        actions.note_for_staff(application, text="I know this one.", by=cast.dana, now=now)
        actions.assign_application(application, to=cast.dana, by=cast.dana, now=now)
    titles = [event.title for event in queries.history(application.pk, for_staff=True)]
    assert [title[:8] for title in titles] == ["Sent", "Note", "Assigned"] and len(titles[-1]) == 80
    with pytest.raises(NotNow, match="Write the note"):
        actions.note_for_staff(application, text=" ", by=cast.dana, now=now)


def test_ten_proofs_are_enough(cast: Cast, now: datetime):
    draft = actions.save_application(cast.alice, kind="verify", texts={}, artist=cast.marlo, now=now)
    for number in range(10):
        actions.add_proof(draft, method="dns", place=f"{number}.example", now=now)
    with pytest.raises(NotNow, match="takes 10 proofs"):
        actions.add_proof(draft, method="dns", place="more.example", now=now)
    assert actions.add_proof(draft, method="dns", place="3.example", now=now).place == "3.example"
