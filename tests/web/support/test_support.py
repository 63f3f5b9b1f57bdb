"""Writing to staff, their inbox, and who may read what."""

from __future__ import annotations

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backline.catalog.jobs import sweep
from backline.core import files
from backline.outbox.queries import unread_count
from backline.people.models import Enclosure, Letter, Ticket
from tests.conftest import Cast

PATH = "/help/support/"
FIELDS = {"topic": "money", "subject": "A cent too few", "text": "Row 7\nsays 1.23."}


def written(cast: Cast, **more: object) -> Ticket:
    answer = cast.client("alice").post(PATH, FIELDS | more)
    assert answer.status_code == 302
    return Ticket.objects.get()


def test_a_letter_reaches_staff_and_its_answer_the_writer(cast: Cast):
    ticket = written(cast, page="/dashboard/finances/", request_id="abc123")
    assert ticket.artist == cast.marlo
    staff = cast.client("dana")
    assert "One letter waits for an answer" in staff.get("/staff/support/").content.decode()
    assert "abc123" in staff.get(f"/staff/support/{ticket.pk}/").content.decode()
    staff.post(f"/staff/support/{ticket.pk}/", {"text": "Row 7 is right <now>.", "action": "answer"})
    assert "No letter waits" in staff.get("/staff/support/").content.decode()
    assert unread_count(cast.alice.pk) == 1
    page = cast.client("alice").get(f"{PATH}{ticket.pk}/").content.decode()
    assert "Row 7 is right &lt;now&gt;." in page and "Answered" in page


def test_writing_again_opens_a_closed_ticket(cast: Cast):
    ticket = written(cast)
    cast.client("dana").post(f"/staff/support/{ticket.pk}/", {"action": "close"})
    cast.client("alice").post(f"{PATH}{ticket.pk}/", {"text": "But still."})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.letters.count()) == (Ticket.State.OPEN, 2)


def test_strangers_and_staff_elsewhere_find_nothing(cast: Cast):
    ticket = written(cast, files=SimpleUploadedFile("a.pdf", b"%PDF-1.4"))
    file = Enclosure.objects.get()
    for name in ("bob", "charlie"):
        assert cast.client(name).get(f"{PATH}{ticket.pk}/").status_code == 404
        assert cast.client(name).get(f"{PATH}files/{file.pk}/").status_code == 404
        assert cast.client(name).get(f"/staff/support/{ticket.pk}/").status_code == 404
    for name in ("alice", "dana"):
        answer = cast.client(name).get(f"{PATH}files/{file.pk}/")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
        assert b"".join(answer) == b"%PDF-1.4"


@pytest.mark.parametrize(
    "bad",
    [
        {"text": ""},
        {"subject": ""},
        {"topic": "gossip"},
        {"text": "x" * 5001},
        {"subject": "y" * 10_000},
        {"files": SimpleUploadedFile("a.html", b"<html>")},
    ],
)
def test_bad_letters_are_refused_and_nothing_is_kept(cast: Cast, bad: dict[str, object]):
    assert cast.client("alice").post(PATH, FIELDS | bad).status_code == 422
    assert not Ticket.objects.exists() and not Letter.objects.exists()


def test_too_many_letters_and_files_are_refused(cast: Cast):
    files = [SimpleUploadedFile(f"{number}.pdf", b"%PDF-") for number in range(6)]
    assert cast.client("alice").post(PATH, FIELDS | {"files": files}).status_code == 422
    for number in range(20):
        cast.client("alice").post(PATH, FIELDS | {"text": f"Letter {number}"})
    answer = cast.client("alice").post(PATH, FIELDS)
    assert answer.status_code == 422 and "20 times today" in answer.content.decode()
    assert Ticket.objects.count() == 20


def test_an_error_page_fills_the_form_in(cast: Cast):
    page = cast.client("alice").get(f"{PATH}?request_id=abc&page=/dashboard/").content.decode()
    assert 'value="abc"' in page and 'value="/dashboard/"' in page


def test_the_sweep_leaves_what_was_sent(cast: Cast):
    written(cast, files=SimpleUploadedFile("a.pdf", b"%PDF-1.4"))
    folder = files.path(Enclosure.objects.get().folder)
    os.utime(folder, (0, 0))
    sweep()
    assert (folder / "file").read_bytes() == b"%PDF-1.4"


def test_a_letter_that_is_sent_twice_is_one(cast: Cast):
    for _ in range(2):
        cast.client("alice").post(PATH, FIELDS)
    ticket = Ticket.objects.get()
    for _ in range(2):
        cast.client("alice").post(f"{PATH}{ticket.pk}/", {"text": "One thing more."})
    for _ in range(2):
        cast.client("dana").post(f"/staff/support/{ticket.pk}/", {"text": "Done."})
    assert [letter.text for letter in ticket.letters.all()][1:] == ["One thing more.", "Done."]
