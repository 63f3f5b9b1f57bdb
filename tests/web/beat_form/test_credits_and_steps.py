"""Inviting and answering, and the steps that the form shows."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.catalog import actions
from backline.catalog.models import Beat, Credit, Recording, Step
from tests.catalog.makers import make_draft
from tests.conftest import Cast
from tests.web.beat_form.test_beat_form import address, filled, text


@pytest.fixture
def draft(cast: Cast, now: datetime) -> Beat:
    return make_draft(cast.marlo, account=cast.alice, now=now, ready=False)


def test_an_artist_is_invited_by_address_and_removed_again(cast: Cast, draft: Beat):
    client = cast.client("alice")
    client.post(address(draft), filled(draft, action="invite", handle="@Sable-Ortiz", bpm="100"))
    assert Credit.objects.get(beat=draft, artist=cast.sable).state == "invited"
    assert Beat.objects.get(pk=draft.pk).bpm == 100
    assert "Invited" in text(client.get(address(draft)))
    client.post(address(draft), filled(draft, action="withdraw:sable-ortiz"))
    assert not Credit.objects.filter(artist=cast.sable).exists()


@pytest.mark.parametrize(
    ("action", "handle", "words"),
    [
        ("invite", "nobody", "no artist with the address @nobody"),
        ("invite", "", "no artist with the address"),
        ("invite", "marlo-vane", "own artist"),
        ("withdraw:kit-nakagawa", "", "not credited"),
        ("withdraw:marlo-vane", "", "not credited"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_fields_are_saved(
    cast: Cast, draft: Beat, action: str, handle: str, words: str
):
    answer = cast.client("alice").post(address(draft), filled(draft, action=action, handle=handle, bpm="101"))
    assert answer.status_code == 422 and words in text(answer)
    assert Beat.objects.get(pk=draft.pk).bpm == 101


@pytest.mark.parametrize(("said", "state"), [("accept", "accepted"), ("decline", "declined")])
def test_the_invited_artist_answers(cast: Cast, draft: Beat, now: datetime, said: str, state: str):
    credit = actions.invite_credit(draft, artist=cast.kit, now=now)
    client = cast.client("bob")
    answer = client.post(f"/backstage/credits/{credit.pk}/", {"answer": said})
    assert answer["Location"] == "/dashboard/?artist=kit-nakagawa"
    assert Credit.objects.get(pk=credit.pk).state == state
    client.post(f"/backstage/credits/{credit.pk}/", {"answer": "accept" if said == "decline" else "decline"})
    assert Credit.objects.get(pk=credit.pk).state == state


def test_nobody_else_answers(cast: Cast, draft: Beat, now: datetime):
    credit = actions.invite_credit(draft, artist=cast.kit, now=now)
    own = Credit.objects.get(beat=draft, artist=cast.marlo)
    for name, status in {"alice": 404, "charlie": 404, "ada": 404, "visitor": 302}.items():
        answer = cast.client(name).post(f"/backstage/credits/{credit.pk}/", {"answer": "accept"})
        assert answer.status_code == status, name
    assert (
        cast.client("alice").post(f"/backstage/credits/{own.pk}/", {"answer": "decline"}).status_code == 404
    )
    assert cast.client("bob").get(f"/backstage/credits/{credit.pk}/").status_code == 200
    assert Credit.objects.get(pk=credit.pk).state == "invited"


def test_steps_are_shown_and_asked_for_again_until_all_are_over(cast: Cast, draft: Beat):
    client = cast.client("alice")
    page = text(client.get(address(draft)))
    assert "Waiting" in page and 'hx-trigger="every 2s"' in page
    Step.objects.filter(recording=draft.recording).update(state="done")
    block = text(client.get(address(draft), headers={"HX-Request": "true", "HX-Target": "processing"}))
    assert block.lstrip().startswith("<section") and "every 2s" not in block and "<html" not in block


def test_a_failed_step_says_why_and_is_retried(cast: Cast, draft: Beat):
    Step.objects.filter(recording=draft.recording, kind="stream").update(
        state="failed", reason="“a.wav” is damaged.", attempts=3
    )
    client = cast.client("alice")
    page = text(client.get(address(draft)))
    assert "“a.wav” is damaged." in page and "Retry" in page
    answer = client.post(
        f"{address(draft)}steps/stream/retry/", headers={"HX-Request": "true", "HX-Target": "processing"}
    )
    assert "Waiting" in text(answer) and "every 2s" in text(answer)
    assert client.post(f"{address(draft)}steps/stream/retry/").status_code == 302
    assert Step.objects.get(recording=draft.recording, kind="stream").attempts == 0


def test_what_was_heard_is_offered_and_taken_with_a_click(cast: Cast, draft: Beat):
    step = Step.objects.create(recording=draft.recording, kind="analysis")
    client = cast.client("alice")
    waiting = text(client.get(f"{address(draft)}detected/"))
    assert "Listening for tempo and key" in waiting and 'hx-trigger="every 2s"' in waiting
    # The form around it aims at its side panel: the poll must not.
    assert 'hx-target="this"' in waiting
    Recording.objects.update(
        tempi=[[92, 0.9]], keys=[[0, "major", 0.5]], loudness_lufs=-9.04, true_peak_dbtp=0.3
    )
    Step.objects.filter(pk=step.pk).update(state="done")
    found = text(client.get(address(draft)))
    assert "92 BPM · C major" in found and "90% sure" in found
    assert "every 2s" not in text(client.get(f"{address(draft)}detected/"))
    assert "46 BPM" in found and "A minor" in found and "Loudness −9.0 LUFS, true peak 0.3 dBTP." in found
    assert Beat.objects.get(pk=draft.pk).bpm == 140
    client.post(address(draft), filled(draft, use="bpm=92;key=0:major", name="Kept"))
    beat = Beat.objects.get(pk=draft.pk)
    assert (beat.bpm, beat.key, beat.scale, beat.name) == (92, 0, "major", "Kept")
    assert client.post(address(draft), filled(draft, use="bpm=9000;key=x")).status_code == 422
