"""The buttons beside the beat form, the trash and the history."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from backline.catalog import actions
from backline.catalog.models import Beat, PrivateLink
from backline.core import clock
from tests.catalog.bad_files import named
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast
from tests.web.beat_form.test_beat_form import address, filled, text


@pytest.fixture
def draft(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Beat:
    monkeypatch.setattr(clock, "now", lambda: now)
    return make_draft(cast.marlo, account=cast.alice, now=now)


def press(client: Client, beat: Beat, action: str, **sent: Any) -> str:
    """Presses a button and answers the page that follows."""
    return text(client.post(f"{address(beat)}life/", {"action": action, **sent}, follow=True))


def state(beat: Beat) -> str:
    return Beat.objects.get(pk=beat.pk).state


def test_a_schedule_is_typed_by_the_accounts_own_clock(cast: Cast, draft: Beat):
    cast.alice.zone = "Europe/Berlin"
    cast.alice.save()
    client = cast.client("alice")
    page = press(client, draft, "schedule", at="2026-07-01T12:00")
    assert "comes out on 01 July 2026 at 12:00, Europe/Berlin" in page
    beat = Beat.objects.get(pk=draft.pk)
    assert beat.scheduled_at is not None and beat.scheduled_at.hour == 10
    assert 'value="2026-07-01T12:00"' in page
    assert "draft again" in press(client, draft, "cancel") and state(draft) == "draft"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-03-18T15:29", "This time is over"),
        ("2026-03-29T02:30", "put forward"),
        ("soon", "Choose a day and a time"),
        ("", "Choose a day and a time"),
        ("0001-01-01T00:00", ""),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(cast: Cast, draft: Beat, at: str, words: str):
    cast.alice.zone = "Europe/Berlin"
    cast.alice.save()
    assert words in press(cast.client("alice"), draft, "schedule", at=at)
    assert state(draft) == "draft"


def test_publishing_or_scheduling_what_lacks_something_is_refused_by_direct_request(cast: Cast, draft: Beat):
    Beat.objects.filter(pk=draft.pk).update(bpm=None)
    page = press(cast.client("alice"), draft, "schedule", at="2026-07-01T12:00")
    assert "Enter the BPM" in page and state(draft) == "draft"


def test_a_private_link_is_shown_replaced_and_revoked(cast: Cast, draft: Beat):
    client, visitor = cast.client("bob"), cast.client("visitor")
    page = press(client, draft, "private")
    first = PrivateLink.objects.get().get_absolute_url()
    assert first in page and "none of it counts as plays" in page
    assert visitor.get(first).status_code == 200
    press(client, draft, "new-link")
    assert visitor.get(first).status_code == 404
    second = PrivateLink.objects.get(revoked_at=None).get_absolute_url()
    press(client, draft, "revoke")
    assert visitor.get(second).status_code == 404
    assert "without a link" in text(client.get(address(draft)))


def test_archive_delete_and_restore(cast: Cast, draft: Beat):
    client = cast.client("alice")
    assert "is archived" in press(client, draft, "archive") and state(draft) == "archived"
    press(client, draft, "unarchive")
    page = press(client, draft, "delete")
    assert "1 beat in the trash" in page and "gone 17 Apr" in page
    assert client.get(address(draft)).status_code == 404
    back = client.post(f"{address(draft)}restore/", follow=True)
    assert "Low Tide is back: draft." in text(back)
    assert "The trash is empty" in text(client.get("/backstage/trash/"))


def test_what_was_licensed_has_no_delete_and_refuses_it(cast: Cast, draft: Beat, now: datetime):
    actions.mark_licensed(draft.pk, now=now)
    client = cast.client("alice")
    assert 'value="delete"' not in text(client.get(address(draft)))
    assert "it can only be archived" in press(client, draft, "delete")


def test_the_history_shows_old_and_new(cast: Cast, draft: Beat):
    client = cast.client("bob")
    client.post(address(draft), filled(draft, name="<b>High</b> Tide"))
    page = text(client.get(f"{address(draft)}history/"))
    assert "1 change of" in page and "Bob" in page
    assert "Low Tide" in page and "&lt;b&gt;High&lt;/b&gt; Tide" in page


@pytest.mark.parametrize("name", ["charlie", "dana", "lee"])
def test_strangers_get_404(cast: Cast, draft: Beat, name: str):
    client = cast.client(name)
    for path in ("life/", "restore/"):
        assert client.post(f"{address(draft)}{path}", {"action": "delete"}).status_code == 404
    actions.delete_beat(draft, now=draft.created_at)
    assert client.post(f"{address(draft)}restore/").status_code == 404


def test_an_analyst_changes_nothing(cast: Cast, draft: Beat):
    client = cast.client("ada")
    assert client.post(f"{address(draft)}life/", {"action": "delete"}).status_code == 403
    assert client.post(f"{address(draft)}audio/").status_code == 403
    assert state(draft) == "draft" and Beat.objects.kept().filter(pk=draft.pk).exists()


def test_an_unknown_button_is_no_server_error(cast: Cast, draft: Beat):
    assert cast.client("alice").post(f"{address(draft)}life/", {"action": "sell"}).status_code == 400


def test_other_audio_that_is_none_is_refused_and_nothing_stays(cast: Cast, draft: Beat):
    client = cast.client("alice")
    answer = client.post(f"{address(draft)}audio/", {"audio": named(b"no sound", "new.wav")})
    assert answer.status_code == 422 and "new.wav" in text(answer)
    assert client.post(f"{address(draft)}audio/", {}).status_code == 422
    assert Beat.objects.get(pk=draft.pk).recording_id == draft.recording_id


def test_artists_are_offered_while_an_address_is_typed(cast: Cast, draft: Beat):
    page = text(cast.client("alice").get(f"{address(draft)}artists/?handle=@sabel"))
    assert re.findall(r'value="(@[^"]+)"', page) == ["@sable-ortiz"]
    assert "option" not in text(cast.client("alice").get(f"{address(draft)}artists/?handle="))


def test_a_private_beat_counts_for_nobody_but_its_link(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    link = actions.make_private(beat, now=now)
    visitor = cast.client("visitor")
    page = visitor.get(link.get_absolute_url())
    assert page["X-Robots-Tag"] == "noindex, nofollow" and 'content="noindex' in text(page)
    assert page["Referrer-Policy"] == "no-referrer" and "no-store" in page["Cache-Control"]
    sound = visitor.get(f"{link.get_absolute_url()}sound/", headers={"Range": "bytes=0-"})
    assert sound.status_code == 302 and sound["Location"].startswith("/media/stream/")
    visitor.get(f"{link.get_absolute_url()}sound/", headers={"Range": "bytes=5000-"})
    link.refresh_from_db()
    assert (link.opens, link.plays) == (1, 1)
    assert visitor.get(beat.get_absolute_url()).status_code == 404
    assert "Low Tide" not in text(visitor.get("/")) and "Low Tide" not in text(visitor.get("/@marlo-vane/"))
    assert visitor.post(f"/beats/{beat.pk}/play", {}, content_type="application/json").status_code in (
        400,
        404,
    )


def test_a_link_ends_with_its_beat(cast: Cast, draft: Beat, now: datetime):
    link = actions.make_private(draft, now=now)
    actions.delete_beat(draft, now=now)
    assert cast.client("visitor").get(link.get_absolute_url()).status_code == 404
    actions.restore_beat(draft, now=now + timedelta(days=1))
    assert cast.client("visitor").get(link.get_absolute_url()).status_code == 200
    actions.archive_beat(draft, now=now)
    assert cast.client("visitor").get(link.get_absolute_url()).status_code == 404


def test_a_new_file_runs_through_the_pipeline(cast: Cast, draft: Beat, tmp_path: Path):
    from tests.integrations.audio_files import write_wav

    place = tmp_path / "again.wav"
    write_wav(place)
    answer = cast.client("alice").post(
        f"{address(draft)}audio/", {"audio": named(place.read_bytes(), "again.wav")}, follow=True
    )
    assert "has new audio" in text(answer)
    beat = Beat.objects.get(pk=draft.pk)
    assert beat.recording.file_name == "again.wav" and not beat.recording.stream_key
    assert set(beat.recording.steps.values_list("state", flat=True)) == {"done", "waiting"}


def test_numbers_that_are_none_are_no_server_error(cast: Cast, draft: Beat):
    client, odd = cast.client("alice"), "\N{SUPERSCRIPT TWO}"
    assert client.post(f"{address(draft)}audio/", {"from": odd}).status_code == 404
    assert client.get(f"{address(draft)}history/", {"page": odd}).status_code == 200
