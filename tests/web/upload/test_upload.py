"""The upload page: with and without a script, and every file that it must refuse whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from backline.catalog import actions
from backline.catalog.models import Beat, Recording
from backline.people.models import Artist
from backline.web.upload import limits
from tests.catalog.bad_files import BAD_AUDIO, named
from tests.catalog.makers import nothing_is_stored, stored_files
from tests.conftest import Cast

PAGE = "/backstage/upload/"


def test_the_page_shows_the_form_to_those_who_may(cast: Cast):
    for name in ("alice", "bob"):
        page = cast.client(name).get(f"{PAGE}?artist=marlo-vane")
        assert page.status_code == 200 and 'type="file"' in page.content.decode()


def test_a_file_becomes_a_draft_and_leads_to_its_form(cast: Cast, wav: bytes):
    answer = cast.client("alice").post(PAGE, {"audio": named(wav, "night_bus.wav")})
    beat = Beat.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/backstage/beats/{beat.pk}/"
    assert (beat.name, beat.artist, beat.created_by) == ("Night Bus", cast.marlo, cast.alice)
    assert stored_files() == [beat.recording.original_key]


def test_several_files_without_a_script_lead_to_the_table(cast: Cast, wav: bytes):
    files = [named(wav, "a.wav"), named(wav, "b.wav")]
    answer = cast.client("alice").post(PAGE, {"audio": files})
    ids = ",".join(str(pk) for pk in Beat.objects.order_by("pk").values_list("pk", flat=True))
    assert answer["Location"] == f"/backstage/upload/batch/?ids={ids}"


def test_of_several_files_the_good_ones_are_kept_and_the_bad_one_named(cast: Cast, wav: bytes):
    files = [named(wav, "good.wav"), named(b"text", "bad.wav")]
    page = cast.client("alice").post(PAGE, {"audio": files})
    text = page.content.decode()
    assert page.status_code == 422 and "bad.wav" in text and "Unsupported file format" in text
    assert f'href="/backstage/beats/{Beat.objects.get().pk}/">Good</a>' in text


def test_a_draft_for_a_collection_goes_last_into_it(cast: Cast, wav: bytes, now: datetime):
    mine = actions.create_collection(cast.marlo, name="Tides", kind="ep", now=now)
    theirs = actions.create_collection(cast.sable, name="Dunes", kind="ep", now=now)
    client = cast.client("alice")
    assert "Bring a beat into Tides" in client.get(f"{PAGE}?collection={mine.pk}").content.decode()
    client.post(f"{PAGE}?collection={mine.pk}", {"audio": named(wav, "a.wav")})
    assert [entry.beat for entry in mine.entries.all()] == [Beat.objects.get()]
    for number in (theirs.pk, 99_999, "x", "9" * 30):
        assert client.get(f"{PAGE}?collection={number}").status_code == 404


@pytest.mark.parametrize("kind", BAD_AUDIO)
def test_a_bad_file_is_refused_by_name_and_reason_and_nothing_stays(cast: Cast, tmp_path: Path, kind: str):
    make, name, word = BAD_AUDIO[kind]
    content = make(tmp_path)
    client = cast.client("alice")
    page = client.post(PAGE, {"audio": named(content, name)})
    text = page.content.decode()
    assert page.status_code == 422
    assert "Unsupported file format" in text and name in text and word in text
    assert "Upload a different file" in text
    assert nothing_is_stored()


def test_no_file_is_said_so(cast: Cast):
    page = cast.client("alice").post(PAGE, {})
    assert page.status_code == 422 and "Choose a WAV or FLAC file first." in page.content.decode()


def test_a_body_that_is_announced_too_large_is_not_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, wav: bytes
):
    monkeypatch.setattr(limits.too_large, "__defaults__", (1000,))
    page = cast.client("alice").post(PAGE, {"audio": named(wav, "a.wav")})
    assert page.status_code == 413
    assert nothing_is_stored()


def test_when_we_cannot_look_at_the_file_it_may_be_tried_again(
    cast: Cast, wav: bytes, monkeypatch: pytest.MonkeyPatch
):
    from backline.integrations import audio

    def fail(*_args: object, **_options: object) -> None:
        raise audio.Failed("The audio process could not be started.")

    monkeypatch.setattr(audio, "check", fail)
    page = cast.client("alice").post(PAGE, {"audio": named(wav, "a.wav")})
    assert page.status_code == 503 and "This did not work" in page.content.decode()
    assert nothing_is_stored()


def test_a_revoked_artist_is_told_whom_to_write_to(cast: Cast, wav: bytes, now: datetime):
    Artist.objects.filter(pk=cast.marlo.pk).update(can_upload=False, revoked_at=now)
    page = cast.client("alice").get(PAGE).content.decode()
    assert "in the Producer Program was revoked" in page and 'href="/help/support/?topic=program"' in page
    assert cast.client("alice").post(PAGE, {"audio": named(wav, "a.wav")}).status_code == 422
    money = cast.client("alice").get("/dashboard/finances/?artist=marlo-vane").content.decode()
    assert "What it earned is held until it is restored." in money and "/help/support/?topic=program" in money


def test_an_artist_who_may_not_upload_is_told_why_and_refused(cast: Cast, wav: bytes):
    Artist.objects.filter(pk=cast.marlo.pk).update(can_upload=False)
    client = cast.client("alice")
    page = client.get(PAGE)
    assert "Uploading is switched off for Marlo Vane" in page.content.decode()
    assert 'type="file"' not in page.content.decode()
    assert client.post(PAGE, {"audio": named(wav, "a.wav")}).status_code == 422
    assert nothing_is_stored()


def test_an_analyst_is_told_why_and_refused(cast: Cast, wav: bytes):
    client = cast.client("ada")
    assert "reads but does not upload" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"audio": named(wav, "a.wav")}).status_code == 403
    assert nothing_is_stored()


def test_a_stranger_gets_404_and_a_visitor_is_sent_to_sign_in(cast: Cast, wav: bytes):
    for method in ("get", "post"):
        stranger = getattr(cast.client("charlie"), method)(f"{PAGE}?artist=marlo-vane")
        assert stranger.status_code == 404
        visitor = getattr(cast.client("visitor"), method)(PAGE)
        assert visitor.status_code == 302 and visitor["Location"].startswith("/accounts/login/")
    assert nothing_is_stored()


def test_an_account_without_artist_sees_so_in_place(cast: Cast):
    assert "No Artist Profile" in cast.client("lee").get(PAGE).content.decode()


def test_without_the_csrf_token_nothing_is_taken(cast: Cast, wav: bytes):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(PAGE, {"audio": named(wav, "a.wav")}).status_code == 403
    assert nothing_is_stored()


def test_uploading_twice_makes_two_beats_of_their_own(cast: Cast, wav: bytes, now: datetime):
    client = cast.client("alice")
    for _ in range(2):
        client.post(PAGE, {"audio": named(wav, "a.wav")})
    assert Beat.objects.count() == Recording.objects.count() == len(stored_files()) == 2


def test_a_draft_for_a_collection_takes_over_what_it_hands_down(cast: Cast, wav: bytes, now: datetime):
    tape = actions.create_collection(cast.marlo, name="Tides", kind="ep", now=now)
    fields = actions.CollectionFields("Tides", "ep", genres=("trap",), tags=("fog",))
    actions.update_collection(tape, fields=fields, beat_ids=[], seen_at=tape.updated_at, now=now)
    cast.client("alice").post(f"{PAGE}?collection={tape.pk}", {"audio": named(wav, "a.wav")})
    beat = Beat.objects.get()
    assert [genre.slug for genre in beat.genres.all()] == ["trap"]
    assert [tag.name for tag in beat.tags.all()] == ["fog"]
