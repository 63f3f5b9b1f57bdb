"""Beats over the API: upload, read, publish."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from backline.catalog import jobs
from backline.catalog.models import Beat
from backline.people.models import Artist
from tests.catalog.bad_files import BAD_AUDIO, image_bomb, named
from tests.catalog.makers import make_draft, nothing_is_stored, picture, stored_files
from tests.conftest import Cast
from tests.integrations.audio_files import write_wav
from tests.web.api.clients import api, problem

BEATS = "/api/v1/beats"
FIELDS: dict[str, Any] = {
    "name": "Low Tide",
    "description": "Slow and wide.",
    "genres": "trap, R&B",
    "tags": ["dark", "sub bass,slow"],
    "bpm": "140",
    "key": "F minor",
    "sample_status": "cleared",
    "ai_declaration": "human",
}


@pytest.fixture
def wav(tmp_path: Path) -> bytes:
    return write_wav(tmp_path / "x.wav").read_bytes()


def upload(client: Client, wav: bytes, **fields: Any) -> Any:
    return client.post(BEATS, {"audio": named(wav, "night_bus.wav"), "artist": "marlo-vane"} | fields)


def test_a_beat_is_uploaded_processed_and_published(cast: Cast, wav: bytes):
    client = api(cast.alice)
    answer = upload(client, wav, **FIELDS)
    assert answer.status_code == 201
    beat = answer.json()
    assert (beat["state"], beat["name"], beat["missing"]) == ("draft", "Low Tide", [])
    assert (beat["bpm"], beat["key"], beat["scale"], beat["key_name"]) == (140, 5, "minor", "F minor")
    assert (beat["genres"], beat["tags"]) == (["r-and-b", "trap"], ["dark", "sub bass", "slow"])
    assert beat["artist"]["handle"] == "marlo-vane"
    assert beat["url"] == f"http://testserver/beats/{beat['id']}-low-tide/"
    assert [(step["kind"], step["state"]) for step in beat["processing"]] == [
        ("check", "done"),
        ("fingerprint", "waiting"),
        ("analysis", "waiting"),
        ("waveform", "done"),
        ("stream", "waiting"),
        ("preview", "waiting"),
    ]
    assert beat["analysis"] == {"tempi": [], "keys": [], "loudness_lufs": None, "true_peak_dbtp": None}
    assert jobs.process_oldest() and jobs.process_oldest() and jobs.process_oldest()
    ready = client.get(f"{BEATS}/{beat['id']}").json()
    assert ready["playable"] and [step["state"] for step in ready["processing"]] == ["done"] * 6
    assert ready["analysis"]["loudness_lufs"] < 0
    for _ in range(2):
        public = client.post(f"{BEATS}/{beat['id']}/publish")
        assert (public.status_code, public.json()["state"]) == (200, "public")
    assert public.json()["first_published_at"]


def test_without_fields_it_is_named_after_its_file_and_says_what_is_missing(cast: Cast, wav: bytes):
    client = api(cast.charlie)
    beat = upload(client, wav, artist="").json()
    assert (beat["name"], beat["artist"]["handle"]) == ("Night Bus", "sable-ortiz")
    wanted = ["genres", "bpm", "key", "scale", "sample_status", "ai_declaration"]
    assert beat["missing"] == wanted
    refused = client.post(f"{BEATS}/{beat['id']}/publish")
    assert problem(refused) == (422, "incomplete")
    assert refused.json()["missing"] == wanted
    assert Beat.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("key", "scale", "meant"),
    [
        ("F", "minor", (5, "minor")),
        ("F", "", (5, None)),
        ("F#", "major", (6, "major")),
        ("Gb", "", (6, None)),
        ("F minor", "", (5, "minor")),
        ("Am", "minor", (9, "minor")),
        ("4A", "", (5, "minor")),
        ("11", "minor", (11, "minor")),
        ("0", "", (0, None)),
        ("", "minor", (None, "minor")),
    ],
)
def test_a_key_is_read_in_every_usual_way(
    cast: Cast, wav: bytes, key: str, scale: str, meant: tuple[int | None, str | None]
):
    beat = upload(api(cast.alice), wav, key=key, scale=scale).json()
    assert (beat["key"], beat["scale"]) == meant


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bpm", "fast"),
        ("bpm", "500"),
        ("key", "H"),
        ("key", "12"),
        ("key", "F minor"),
        ("scale", "dorian"),
        ("genres", "polka"),
        ("genres", "trap,drill,house,techno"),
        ("tags", "a,b,c,d,e,f,g,h,i,j,k"),
        ("name", "x" * 256),
        ("sample_status", "maybe"),
        ("ai_declaration", "generated"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_stays(cast: Cast, wav: bytes, field: str, value: str):
    more = {"scale": "major"} if value == "F minor" else {}
    answer = upload(api(cast.alice), wav, **{field: value}, **more)
    assert problem(answer) == (422, "invalid")
    assert [part["field"] for part in answer.json()["errors"]] == ["scale" if more else field]
    assert nothing_is_stored()


@pytest.mark.parametrize("kind", BAD_AUDIO)
def test_bad_audio_is_refused_by_name_and_reason_and_nothing_stays(cast: Cast, tmp_path: Path, kind: str):
    make, name, word = BAD_AUDIO[kind]
    answer = api(cast.alice).post(BEATS, {"audio": named(make(tmp_path), name), "artist": "marlo-vane"})
    assert problem(answer)[0] == 422
    assert name in answer.json()["detail"] and word in answer.json()["detail"]
    assert answer.json()["file"] == name
    assert nothing_is_stored()


def test_an_image_bomb_as_cover_refuses_the_whole_upload(cast: Cast, wav: bytes):
    answer = upload(api(cast.alice), wav, cover=named(image_bomb(), "holiday.png"))
    assert problem(answer) == (422, "cover_refused")
    assert "holiday.png" in answer.json()["detail"]
    assert nothing_is_stored()


def test_a_cover_comes_with_the_upload(cast: Cast, wav: bytes, tmp_path: Path):
    content = picture(tmp_path / "c.png").read_bytes()
    beat = upload(api(cast.alice), wav, cover=named(content, "c.png")).json()
    assert beat["cover_url"].endswith("/800.webp")
    assert len([key for key in stored_files() if key.startswith("covers/")]) == 3


def test_an_upload_needs_a_file_and_an_artist(cast: Cast, wav: bytes):
    client = api(cast.bob)
    no_file = client.post(BEATS, {"artist": "marlo-vane"})
    assert problem(no_file) == (422, "invalid")
    assert no_file.json()["errors"][0]["field"] == "audio"
    assert problem(upload(client, wav, artist="")) == (422, "artist_needed")
    assert problem(upload(client, wav, artist="sable-ortiz")) == (404, "not_found")
    assert problem(upload(api(cast.lee), wav, artist="")) == (422, "artist_needed")
    assert nothing_is_stored()


def test_an_artist_who_may_not_upload_and_an_analyst_are_refused(cast: Cast, wav: bytes):
    assert problem(upload(api(cast.ada), wav)) == (403, "role_too_small")
    Artist.objects.filter(pk=cast.marlo.pk).update(can_upload=False)
    assert problem(upload(api(cast.alice), wav)) == (422, "cannot_upload")
    assert nothing_is_stored()


def test_a_body_that_is_announced_too_large_is_not_read(cast: Cast):
    client = api(cast.alice)
    answer = client.generic("POST", BEATS, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="600000000")
    assert problem(answer) == (413, "too_large")


def test_members_and_credited_artists_read_a_beat_and_only_editors_publish_it(cast: Cast, now: Any):
    from backline.catalog import actions

    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    actions.answer_credit(actions.invite_credit(beat, artist=cast.sable, now=now), accept=True, now=now)
    for name, (read, publish) in {
        "ada": (200, 403),
        "charlie": (200, 404),
        "lee": (404, 404),
        "dana": (404, 404),
    }.items():
        client = api(getattr(cast, name))
        assert client.get(f"{BEATS}/{beat.pk}").status_code == read, name
        assert client.post(f"{BEATS}/{beat.pk}/publish").status_code == publish, name
    assert problem(api(cast.alice).get(f"{BEATS}/999")) == (404, "not_found")
    assert Beat.objects.get(pk=beat.pk).state == "draft"
