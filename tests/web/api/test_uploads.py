"""Uploading in pieces by token."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from backline.catalog.models import Beat, Upload
from tests.conftest import Cast
from tests.integrations.audio_files import write_wav
from tests.web.api.clients import api, problem
from tests.web.upload.pieces import Sender

UPLOADS = "/api/v1/uploads"


@pytest.fixture
def wav(tmp_path: Path) -> bytes:
    return write_wav(tmp_path / "x.wav").read_bytes()


def test_a_file_in_pieces_becomes_a_draft(cast: Cast, wav: bytes):
    sender = Sender(api(cast.alice), wav, begin_at=UPLOADS)
    begun = sender.begin()
    assert begun.status_code == 201 and begun["Location"].startswith(f"{UPLOADS}/")
    assert sender.piece(0, 200_000).status_code == 204 and sender.offset() == 200_000
    assert sender.piece(200_000)["Upload-Offset"] == str(len(wav))
    done = sender.finish()
    assert (done.status_code, done.json()["state"]) == (201, "done")
    assert Beat.objects.get().pk == done.json()["beat"] and Beat.objects.get().artist == cast.marlo


def test_an_idempotency_key_names_one_upload_for_good(cast: Cast, wav: bytes):
    sender = Sender(api(cast.alice), wav, begin_at=UPLOADS, headers={"Idempotency-Key": "k1"})
    sender.whole()
    again = sender.begin()
    assert (again.status_code, again.json()["state"]) == (200, "done")
    assert sender.finish().json()["beat"] == Beat.objects.get().pk
    other = Sender(sender.client, wav + b"x", begin_at=UPLOADS, headers={"Idempotency-Key": "k1"})
    assert problem(other.begin()) == (422, "other_file")
    assert Upload.objects.count() == 1


def test_who_may_not_is_told_as_everywhere_in_the_api(cast: Cast, wav: bytes):
    sender = Sender(api(cast.alice), wav, begin_at=UPLOADS)
    sender.begin()
    for account, scopes, status in (
        (cast.charlie, ("read", "catalog:write"), 404),
        (cast.bob, ("read", "catalog:write"), 404),
        (cast.alice, ("read",), 403),
    ):
        other = Sender(api(account, scopes=scopes), wav, address=sender.address)
        assert problem(other.piece(0, 10))[0] == status
        assert problem(other.finish())[0] == status
    named = Sender(api(cast.charlie), wav, begin_at=f"{UPLOADS}?artist=marlo-vane")
    assert problem(named.begin()) == (404, "not_found")
    assert problem(Sender(api(cast.ada), wav, begin_at=UPLOADS).begin())[0] == 403


def test_a_token_for_another_artist_does_not_reach_it(cast: Cast, wav: bytes, now: datetime):
    sender = Sender(api(cast.bob), wav, begin_at=f"{UPLOADS}?artist=marlo-vane")
    begun = sender.begin()
    address = f"{UPLOADS}/{begun.json()['id']}"
    narrow = Sender(api(cast.bob, artists=[cast.kit]), wav, address=address)
    assert problem(narrow.piece(0, 10)) == (404, "not_found")
    assert Sender(api(cast.bob, artists=[cast.marlo]), wav, address=address).piece(0, 10).status_code == 204


def test_what_is_refused_is_a_problem_with_a_code(cast: Cast):
    sender = Sender(api(cast.alice), b"text", begin_at=UPLOADS)
    assert problem(sender.whole("notes.wav"))[0] == 422
    client = api(cast.alice)
    assert problem(client.post(UPLOADS, "[]", content_type="application/json")) == (422, "invalid")
