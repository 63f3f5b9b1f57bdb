"""Upload defaults: kept, applied to new drafts, and the voice tag."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from backline.catalog import jobs
from backline.catalog.covers import STYLES
from backline.catalog.fields import fields_of
from backline.catalog.models import Beat, Step, UploadDefaults
from backline.core import files
from tests.catalog.bad_files import BAD_AUDIO, named
from tests.catalog.makers import make_draft, stored_files
from tests.conftest import Cast
from tests.integrations.audio_files import write_wav
from tests.web.upload.pieces import Sender

PAGE = "/backstage/upload/defaults/"
TAG = f"{PAGE}tag/"
USUAL = {
    "genres": ["trap", "drill"],
    "tags": "Dark, dark , 808",
    "credits": "@Kit-Nakagawa",
    "licensing": "standard",
    "cover_style": "",
    "sample_status": "cleared",
    "ai_declaration": "human",
}


@pytest.fixture
def wav(tmp_path: Path) -> bytes:
    return write_wav(tmp_path / "x.wav").read_bytes()


@pytest.fixture
def tag(tmp_path: Path) -> bytes:
    return write_wav(tmp_path / "tag.wav", 2).read_bytes()


def test_new_drafts_start_with_what_was_kept(cast: Cast, wav: bytes):
    client = cast.client("alice")
    assert client.post(PAGE, USUAL).status_code == 302
    Sender(client, wav).whole("night_bus.wav")
    beat = Beat.objects.get()
    fields = fields_of(beat)
    assert (fields.name, set(fields.genres), fields.tags) == ("Night Bus", {"trap", "drill"}, ("dark", "808"))
    assert (fields.sample_status, fields.ai_declaration) == ("cleared", "human")
    assert {(credit.artist, credit.state) for credit in beat.credits.all()} == {
        (cast.marlo, "accepted"),
        (cast.kit, "invited"),
    }


def test_drafts_that_are_there_stay_as_they_are(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    before = fields_of(beat)
    cast.client("alice").post(PAGE, USUAL | {"sample_status": "needs_clearance"})
    assert fields_of(Beat.objects.get()) == before


def test_what_no_beat_could_have_is_refused_with_its_field(cast: Cast):
    client = cast.client("alice")
    for changed, sentence in (
        ({"genres": ["trap", "drill", "house", "techno"]}, "at most 3"),
        ({"credits": "@nobody"}, "There is no other artist @nobody."),
        ({"credits": "@marlo-vane"}, "There is no other artist @marlo-vane."),
        ({"cover_style": "oil"}, "oil"),
        ({"tags": ", ".join(f"tag {n}" for n in range(11))}, "At most 10 tags"),
    ):
        page = client.post(PAGE, USUAL | changed)
        assert page.status_code == 422 and sentence in page.content.decode(), changed
    assert not UploadDefaults.objects.exists()


def test_an_artist_who_cannot_be_invited_any_more_stops_no_upload(cast: Cast, wav: bytes, now: datetime):
    client = cast.client("alice")
    client.post(PAGE, USUAL)
    cast.kit.revoked_at = now
    cast.kit.save()
    assert Sender(client, wav).whole().status_code == 201
    assert Beat.objects.get().credits.count() == 1


def test_a_voice_tag_is_checked_kept_and_replaced_without_leftovers(cast: Cast, tag: bytes):
    client = cast.client("alice")
    for name in ("mine.wav", "newer.wav"):
        assert client.post(TAG, {"tag": named(tag, name), "action": "set"}).status_code == 302
        kept = UploadDefaults.objects.get()
        assert kept.tag_name == name and stored_files() == [kept.tag_key]
    assert "Previews carry newer.wav" in client.get(PAGE).content.decode()
    client.post(TAG, {"action": "drop"})
    assert stored_files() == [] and "the platform’s tag" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("kind", [kind for kind in BAD_AUDIO if kind != "10 seconds"])
def test_a_bad_voice_tag_is_refused_and_leaves_nothing(cast: Cast, tmp_path: Path, kind: str):
    make, name, _ = BAD_AUDIO[kind]
    page = cast.client("alice").post(TAG, {"tag": named(make(tmp_path), name), "action": "set"})
    assert page.status_code == 422 and name in page.content.decode()
    assert stored_files() == [] and not UploadDefaults.objects.exists()


def test_a_tag_of_more_than_ten_seconds_is_refused(cast: Cast, wav: bytes):
    page = cast.client("alice").post(TAG, {"tag": named(wav, "long.wav"), "action": "set"})
    assert page.status_code == 422 and "a voice tag has at most 10 s" in page.content.decode()


def test_earlier_previews_are_made_again_when_wanted(cast: Cast, tag: bytes, wav: bytes, now: datetime):
    client = cast.client("alice")
    Sender(client, wav).whole()
    Step.objects.update(state=Step.State.DONE)
    client.post(TAG, {"tag": named(tag, "mine.wav"), "action": "set"})
    assert not Step.objects.filter(state=Step.State.WAITING).exists()
    client.post(TAG, {"tag": named(tag, "mine.wav"), "action": "set", "remake": "on"})
    assert [step.kind for step in Step.objects.filter(state=Step.State.WAITING)] == ["preview"]


def test_the_sweep_keeps_tags_in_use_and_removes_others(cast: Cast, tag: bytes, now: datetime):
    cast.client("alice").post(TAG, {"tag": named(tag, "mine.wav"), "action": "set"})
    files.write("tags/orphan/tag.wav", b"x")
    for folder in files.path("tags").iterdir():
        os.utime(folder, (0, 0))
    jobs.sweep()
    assert stored_files() == [UploadDefaults.objects.get().tag_key]


def test_only_roles_that_edit_come_here(cast: Cast, tag: bytes):
    for name, status in (("charlie", 404), ("ada", 403), ("visitor", 302)):
        client = cast.client(name)
        assert client.get(f"{PAGE}?artist=marlo-vane").status_code == status
        answer = client.post(f"{TAG}?artist=marlo-vane", {"tag": named(tag, "a.wav"), "action": "set"})
        assert answer.status_code == status
    assert not UploadDefaults.objects.exists()


def test_defaults_are_the_artists_own(cast: Cast, wav: bytes):
    cast.client("alice").post(PAGE, USUAL)
    Sender(cast.client("charlie"), wav).whole()
    assert fields_of(Beat.objects.get()).genres == ()


def test_a_drawn_cover_takes_the_usual_style(cast: Cast, wav: bytes):
    client = cast.client("alice")
    client.post(PAGE, USUAL | {"cover_style": STYLES[-1]})
    Sender(client, wav).whole()
    assert Beat.objects.get().cover_style == STYLES[-1]
