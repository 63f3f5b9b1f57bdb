"""The program's pages, from the visitor's account to staff's answer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backline.people.models import Application, Artist, Member
from tests.conftest import Cast

FIELDS = {
    "name": "Low Tide Club", "first_name": "Lee", "last_name": "Ray", "beats_url": "a.example/lee",
    "terms": "on", "rights": "on", "intent": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _closed(settings) -> None:
    settings.OPEN_PRODUCER_SIGNUP = False


def apply(cast: Cast, *, action: str = "send", **fields: str):
    return cast.client("lee").post("/program/become/", FIELDS | {"action": action} | fields)


def test_a_listener_becomes_a_producer(cast: Cast):
    assert "Apply to join" in cast.client("lee").get("/program/").content.decode()
    where = apply(cast).headers["Location"]
    assert "Staff are looking at your application" in cast.client("lee").get(where).content.decode()
    staff = cast.client("dana")
    assert "One application waits for you" in staff.get("/staff/applications/").content.decode()
    number = Application.objects.get().pk
    assert "https://a.example/lee" in staff.get(f"/staff/applications/{number}/").content.decode()
    staff.post(f"/staff/applications/{number}/act/", {"action": "approve"})
    assert Member.objects.get(account=cast.lee).role == "owner"
    assert "You are approved" in cast.client("lee").get(where).content.decode()
    assert cast.client("lee").get("/dashboard/?artist=low-tide-club").status_code == 200


def test_staff_are_shown_who_has_the_name_by_now_and_decide_on(cast: Cast, now: datetime):
    where = f"/staff{apply(cast).headers['Location'].removeprefix('/program')}"
    staff = cast.client("dana")
    assert "This name is taken." not in staff.get(where).content.decode()
    Artist.objects.create(name="low tide club", handle="meanwhile", created_at=now)
    told = staff.post(f"{where}act/", {"action": "approve"}, follow=True).content.decode()
    assert "taken by now: low tide club (@meanwhile)" in told and "Approve all the same" in told
    seen = [artist.pk for artist in Artist.objects.filter(handle="meanwhile")]
    assert f'name="seen" value="{seen[0]}"' in told
    staff.post(f"{where}act/", {"action": "approve", "seen": seen})
    assert Application.objects.get().state == "approved"


@pytest.mark.parametrize("missing", list(FIELDS))
def test_what_is_sent_must_be_whole(cast: Cast, missing: str):
    answer = apply(cast, **{missing: ""})
    assert answer.status_code == 422 and not Application.objects.exists()


def test_a_draft_may_be_empty_and_is_kept(cast: Cast):
    answer = cast.client("lee").post("/program/become/", {"action": "save", "name": "Half"})
    assert answer.status_code == 302 and Application.objects.get().state == "draft"
    assert 'value="Half"' in cast.client("lee").get("/program/become/").content.decode()
    assert cast.client("dana").get(f"/staff/applications/{Application.objects.get().pk}/").status_code == 404


def test_sending_twice_makes_one_application(cast: Cast):
    apply(cast)
    assert apply(cast).status_code == 302
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "bad", [{"name": "x" * 10_000}, {"beats_url": "javascript:alert(1)"}, {"beats_url": "http://["}]
)
def test_bad_input_is_said(cast: Cast, bad: dict[str, str]):
    assert apply(cast, **bad).status_code == 422


def test_a_strangers_application_is_not_there(cast: Cast):
    where = apply(cast).headers["Location"]
    for name in ("alice", "dana"):
        client = cast.client(name)
        assert client.get(where).status_code == 404
        for path in ("files", "proofs", "withdraw"):
            assert client.post(f"{where}{path}/").status_code == 404


def test_a_denial_is_told_with_its_reason(cast: Cast):
    where = apply(cast).headers["Location"]
    staff, act = cast.client("dana"), f"/staff{where.removeprefix('/program')}act/"
    staff.post(act, {"action": "note", "text": "Between us."})
    staff.post(act, {"action": "deny", "reason": "other", "text": "Not <yet>."})
    page = cast.client("lee").get(where).content.decode()
    assert "Your application was denied" in page and "Not &lt;yet&gt;." in page and "Between us." not in page
    assert "You may apply again from" in cast.client("lee").get("/program/").content.decode()


def test_files_are_for_staff_to_download(cast: Cast):
    where = apply(cast).headers["Location"]
    client = cast.client("lee")
    client.post(f"{where}files/", {"file": SimpleUploadedFile("../../id.pdf", b"%PDF-1.7 <script>")})
    attachment = Application.objects.get().attachments.get()
    address = f"/staff/applications/{Application.objects.get().pk}/files/{attachment.pk}/"
    answer = cast.client("dana").get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment") and "id.pdf" in attachment.file_name
    assert "/" not in attachment.file_name and b"".join(answer) == b"%PDF-1.7 <script>"
    assert client.get(address).status_code == 404
    for name, content in (("a.svg", b"<svg/>"), ("b.png", b""), ("c.exe", b"MZ\x90")):
        refused = client.post(f"{where}files/", {"file": SimpleUploadedFile(name, content)}, follow=True)
        assert name in refused.content.decode()
    assert Application.objects.get().attachments.count() == 1


def test_a_claim_finds_the_profile_and_says_what_is_free(cast: Cast, now: datetime):
    Artist.objects.create(name="Vane Ghost", handle="ghost", created_at=now)
    page = cast.client("lee").get("/program/claim/?q=vane").content.decode()
    assert page.index("Vane Ghost") < page.index("Marlo Vane")
    assert "Available" in page and "Already claimed" in page
    answer = cast.client("lee").post("/program/claim/", {"action": "send", "artist": "@nobody"})
    assert "There is no profile @nobody" in answer.content.decode()


def test_only_ones_own_profile_is_verified(cast: Cast):
    fields = {"action": "send", "artist": "@sable-ortiz", "terms": "on"}
    assert "not a profile of yours" in cast.client("alice").post("/program/verify/", fields).content.decode()
    where = (
        cast.client("alice").post("/program/verify/", fields | {"artist": "marlo-vane"}).headers["Location"]
    )
    client = cast.client("alice")
    assert client.post(f"{where}proofs/", {"method": "link", "place": "http://a.example"}).status_code == 422
    client.post(f"{where}proofs/", {"method": "dns", "place": "https://Marlo.example/"})
    assert "_backline.marlo.example" in client.get(where).content.decode()


def test_withdrawing_leaves_nothing(cast: Cast):
    where = apply(cast).headers["Location"]
    cast.client("lee").post(f"{where}withdraw/")
    assert not Application.objects.exists()


def test_a_profile_that_was_found_is_chosen_for_the_form(cast: Cast, now: datetime):
    Artist.objects.create(name="Vane Ghost", handle="ghost", created_at=now)
    listener = cast.client("lee")
    found = listener.get("/program/claim/?q=vane").content.decode()
    assert 'href="/program/claim/?artist=ghost"' in found
    assert 'value="@ghost"' in listener.get("/program/claim/?artist=ghost").content.decode()
    assert 'value="@marlo-vane"' in cast.client("alice").get("/program/verify/").content.decode()


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("pending", "staff decide, most often within a few days"),
        ("asked", "edit it and send it again"),
        ("denied", "you may apply again from 1 December 2026"),
        ("revoked", "write to support"),
    ],
)
def test_the_next_step_is_said(cast: Cast, state: str, told: str):
    where = apply(cast).headers["Location"]
    Application.objects.update(state=state, decided_at=datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert told in cast.client("lee").get(where).content.decode()


def test_a_verification_without_a_proof_asks_for_one(cast: Cast):
    sent = {"artist": "@marlo-vane", "terms": "on", "action": "send"}
    where = cast.client("alice").post("/program/verify/", sent).headers["Location"]
    assert "give one proof below" in cast.client("alice").get(where).content.decode()


def test_why_a_claim_cannot_be_sent_is_said_beside_the_form(cast: Cast):
    claim = FIELDS | {"action": "send", "artist": "@marlo-vane", "role": "artist"}
    page = cast.client("lee").post("/program/claim/", claim).content.decode()
    assert "Marlo Vane has an owner already." in page
    assert 'value="a.example/lee"' in page, "nothing has to be typed again"
    sent = cast.client("lee").post("/program/claim/", claim | {"role": "manager"})
    assert sent.status_code == 302 and Application.objects.get().state == "pending"


@pytest.mark.parametrize("name", ["marlo vane", "Low\u202eTide"])
def test_a_new_name_is_ones_own(cast: Cast, settings, name: str):
    assert apply(cast, name=name).status_code == 422
    settings.OPEN_PRODUCER_SIGNUP = True
    answer = cast.client("lee").post("/program/", {"name": name, "handle": "low-tide"})
    assert answer.status_code == 422 and not Member.objects.filter(account=cast.lee).exists()


def test_what_was_typed_stays_in_a_refused_form(cast: Cast, settings):
    settings.OPEN_PRODUCER_SIGNUP = True
    answer = cast.client("lee").post("/program/", {"name": "Low Tide", "handle": "marlo-vane"})
    text = answer.content.decode()
    assert answer.status_code == 422 and 'value="Low Tide"' in text and 'value="marlo-vane"' in text
    assert cast.client("lee").post("/program/", {}).status_code == 422


def test_where_profiles_are_applied_for_none_is_made_at_once(cast: Cast):
    answer = cast.client("lee").post("/program/", {"name": "Low Tide", "handle": "low-tide"})
    assert answer.status_code == 403 and not Member.objects.filter(account=cast.lee).exists()


def test_a_tab_from_before_it_was_sent_says_so_and_changes_nothing(cast: Cast):
    apply(cast)
    answer = cast.client("lee").post(
        "/program/become/", FIELDS | {"name": "Other", "action": "save"}, follow=True
    )
    assert "has been sent; staff read it as it was then" in answer.content.decode()
    assert Application.objects.get().name == "Low Tide Club"


def test_more_proofs_than_ten_are_refused_beside_the_form(cast: Cast):
    client = cast.client("alice")
    client.post("/program/verify/", {"artist": "@marlo-vane", "action": "save"})
    path = f"/program/applications/{Application.objects.get().pk}/proofs/"
    for number in range(10):
        assert client.post(path, {"method": "dns", "place": f"{number}.example"}).status_code == 302
    answer = client.post(path, {"method": "dns", "place": "more.example"})
    assert answer.status_code == 422 and "takes 10 proofs" in answer.content.decode()
    assert client.post(path, {"again": "9" * 5_000}).status_code == 422


def test_who_becomes_a_producer_needs_no_proof(cast: Cast):
    apply(cast)
    path = f"/program/applications/{Application.objects.get().pk}/proofs/"
    assert cast.client("lee").post(path, {"method": "dns", "place": "a.example"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\files\\con.pdf", "con.pdf"),
        ("\u202efdp\x07.pdf", "fdp.pdf"),
        ("x" * 700 + ".pdf", "x" * 251 + ".pdf"),
    ],
    ids=["folders", "other folders", "backwards", "long"],
)
def test_a_files_name_names_no_place(cast: Cast, name: str, kept: str):
    apply(cast)
    number, file = Application.objects.get().pk, SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    vars(file)["_name"] = name  # as a hostile sender writes it; the test client would tidy it
    cast.client("lee").post(f"/program/applications/{number}/files/", {"file": file})
    attachment = Application.objects.get().attachments.get()
    assert attachment.file_name == kept and attachment.key.endswith("/file")
    answer = cast.client("dana").get(f"/staff/applications/{number}/files/{attachment.pk}/")
    assert (
        answer["Content-Disposition"] == f'attachment; filename="{kept}"' and b"".join(answer) == b"%PDF-1.7"
    )
    answer.close()
