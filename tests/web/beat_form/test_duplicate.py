"""*Duplicate audio detected*: shown, appealed, answered by staff."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.catalog import actions
from backline.catalog.models import Appeal, Beat
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast
from tests.web.beat_form.test_beat_form import address, filled, text


@pytest.fixture
def copy(cast: Cast, now: datetime) -> Beat:
    """Bob's draft, which sounds like Alice's public beat."""
    first = make_public(cast.marlo, account=cast.alice, now=now)
    beat = make_draft(cast.kit, account=cast.bob, now=now)
    actions.mark_copies(beat.recording, alike=[(first.recording_id, 9_400)], now=now)
    return Beat.objects.get(pk=beat.pk)


def test_the_form_names_both_and_publishing_is_refused(cast: Cast, copy: Beat):
    client = cast.client("bob")
    page = text(client.get(address(copy)))
    assert "Duplicate audio detected" in page and "Blocked" in page and "94%" in page
    assert "by Marlo Vane" in page and "low-tide.wav" in page and "1 missing" in page
    refused = client.post(address(copy), filled(copy, action="publish"))
    assert refused.status_code == 422 and not Beat.objects.get(pk=copy.pk).is_public


def test_the_poll_of_the_audio_shows_it_as_well(cast: Cast, copy: Beat):
    headers = {"HX-Request": "true", "HX-Target": "processing"}
    answer = cast.client("bob").get(address(copy), headers=headers)
    assert answer.status_code == 200
    assert "Duplicate audio detected" in text(answer) and "<html" not in text(answer)


def test_an_appeal_reaches_staff_and_their_answer_the_producer(cast: Cast, copy: Beat):
    bob, dana = cast.client("bob"), cast.client("dana")
    assert "No appeal waits" in text(dana.get("/staff/originality/"))
    assert "Say why" in text(bob.post(f"{address(copy)}appeal/", {"note": ""}, follow=True))
    bob.post(f"{address(copy)}appeal/", {"note": "I <b>licensed</b> it."})
    assert "You appealed on" in text(bob.get(address(copy)))
    page = text(dana.get("/staff/originality/"))
    assert "1 appeal waits" in page and "I &lt;b&gt;licensed&lt;/b&gt; it." in page
    appeal = Appeal.objects.get()
    answer = f"/staff/originality/{appeal.pk}/answer/"
    assert "Nothing was answered" in text(dana.post(answer, {"verdict": "allow", "answer": ""}, follow=True))
    dana.post(answer, {"verdict": "allow", "answer": "We saw the contract."})
    again = text(dana.post(answer, {"verdict": "refuse", "answer": "No."}, follow=True))
    assert "somebody had answered it already" in again
    page = text(bob.get(address(copy)))
    assert "We saw the contract." in page and "Allowed" in page and "All there" in page
    bob.post(address(copy), filled(copy, action="publish"))
    assert Beat.objects.get(pk=copy.pk).is_public


def test_a_beat_that_is_not_public_is_not_named(cast: Cast, copy: Beat):
    Beat.objects.filter(artist=cast.marlo).update(state="draft")
    page = text(cast.client("bob").get(address(copy)))
    assert "A beat of another artist" in page and "Marlo Vane" not in page.split('id="duplicate"')[1][:900]


def test_an_own_copy_is_a_warning(cast: Cast, now: datetime):
    first, again = (make_draft(cast.marlo, account=cast.alice, now=now) for _ in range(2))
    actions.mark_copies(again.recording, alike=[(first.recording_id, 10_000)], now=now)
    page = text(cast.client("alice").get(address(again)))
    assert "like your own" in page and "You can publish both" in page and "Duplicate audio" not in page
    assert f"Replace the audio of {first.name} with this" in page
    taken = cast.client("alice").post(f"{address(first)}audio/", {"from": again.pk}, follow=True)
    assert "which is in the trash" in text(taken)
    first.refresh_from_db()
    assert first.recording_id == again.recording_id
    assert cast.client("bob").post(f"{address(first)}audio/", {"from": "x"}).status_code == 404


def test_nobody_else_appeals_or_answers(cast: Cast, copy: Beat):
    for name, status in {"charlie": 404, "alice": 404, "visitor": 302}.items():
        assert cast.client(name).post(f"{address(copy)}appeal/", {"note": "x"}).status_code == status
    actions.appeal(copy.recording, by=cast.bob, note="Mine.", now=copy.created_at)
    answer = f"/staff/originality/{Appeal.objects.get().pk}/answer/"
    assert cast.client("bob").post(answer, {"verdict": "allow", "answer": "x"}).status_code == 404
    assert Appeal.objects.get().answered_at is None
