"""The protocol of uploading in pieces: offsets, repeats, who may, what is refused, and that nothing is left over."""

from __future__ import annotations

import base64
import hashlib
import io
import os
from pathlib import Path

import pytest
from django.test import Client

from backline.catalog import actions
from backline.catalog.models import Beat, Upload
from backline.core import clock, files, growing
from backline.people.models import Artist, Member
from tests.catalog.bad_files import BAD_AUDIO
from tests.catalog.makers import nothing_is_stored, stored_files
from tests.conftest import Cast
from tests.web.upload.pieces import BEGIN, Sender


def test_a_file_in_three_pieces_becomes_a_draft_with_every_byte(cast: Cast, sender: Sender):
    begun = sender.begin("night_bus.wav")
    assert (begun.status_code, begun["Upload-Offset"]) == (201, "0")
    for offset, size in ((0, 100_000), (100_000, 100_000), (200_000, None)):
        answer = sender.piece(offset, size)
        assert answer.status_code == 204
    done = sender.finish()
    beat = Beat.objects.get()
    assert done.status_code == 201
    assert done.json()["address"] == f"/backstage/beats/{beat.pk}/" and done.json()["name"] == "Night Bus"
    assert (beat.artist, beat.created_by, beat.state) == (cast.marlo, cast.alice, "draft")
    assert files.path(beat.recording.original_key).read_bytes() == sender.content
    assert stored_files() == [beat.recording.original_key]


def test_a_wrong_offset_is_answered_with_the_right_one(sender: Sender):
    sender.begin()
    sender.piece(0, 1000)
    for offset in (0, 500, 2000):
        answer = sender.piece(offset, 1000)
        assert (answer.status_code, answer["Upload-Offset"]) == (409, "1000")
    assert sender.offset() == 1000


def test_finishing_too_early_says_which_byte_is_wanted(sender: Sender):
    sender.begin()
    sender.piece(0, 1000)
    answer = sender.finish()
    assert (answer.status_code, answer["Upload-Offset"]) == (409, "1000")
    assert not Beat.objects.exists()


def test_finishing_again_gives_the_same_answer_and_one_beat(sender: Sender):
    first = sender.whole()
    again = sender.finish()
    assert again.status_code == 201 and again.json() == first.json()
    assert Beat.objects.count() == 1


def test_the_same_file_again_continues_where_it_is(sender: Sender):
    sender.begin(mark="take|1|2")
    sender.piece(0, 70_000)
    begun = sender.begin(mark="take|1|2")
    assert (begun.status_code, begun["Upload-Offset"]) == (200, "70000")
    sender.piece(70_000)
    assert sender.finish().status_code == 201
    assert sender.begin(mark="take|1|2").status_code == 201  # chosen once more, it is a new upload


def test_a_piece_that_was_cut_off_keeps_what_came(sender: Sender):
    sender.begin()
    environ = {"CONTENT_LENGTH": "9000", "HTTP_UPLOAD_OFFSET": "0"}
    body = io.BytesIO(sender.content[:5000])
    answer = sender.client.generic("PATCH", sender.address, **environ, **{"wsgi.input": body})  # type: ignore[arg-type]
    assert answer.status_code == 204 and sender.offset() == 5000


def test_bytes_beyond_the_offset_that_a_kill_left_are_cut(sender: Sender):
    sender.begin()
    sender.piece(0, 1000)
    place = files.path(Upload.objects.get().key)
    with place.open("ab") as file:
        file.write(b"written, and never counted")
    assert sender.offset() == 1000
    sender.piece(1000)
    assert sender.finish().status_code == 201
    assert files.path(Beat.objects.get().recording.original_key).read_bytes() == sender.content


def test_bytes_that_a_power_cut_took_are_asked_for_again(sender: Sender):
    sender.begin()
    sender.piece(0, 100_000)
    os.truncate(files.path(Upload.objects.get().key), 60_000)
    assert sender.offset() == 60_000
    assert sender.finish().status_code == 409
    sender.piece(60_000)
    assert sender.finish().status_code == 201


def test_two_tabs_with_the_same_piece_do_no_harm(sender: Sender):
    sender.begin()
    upload = Upload.objects.get()
    with growing.held(files.path(upload.key)):
        busy = sender.piece(0, 1000)
        assert (busy.status_code, busy.json()["code"], busy["Retry-After"]) == (409, "busy", "1")
        assert sender.finish().json()["code"] == "busy"
        assert sender.client.delete(sender.address).status_code == 409
    assert sender.piece(0, 1000).status_code == 204
    assert sender.piece(0, 1000).status_code == 409


def test_a_digest_that_does_not_fit_keeps_nothing_of_the_piece(sender: Sender):
    sender.begin()
    right = base64.b64encode(hashlib.sha256(sender.content[:1000]).digest()).decode()
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    bad = sender.piece(0, 1000, **{"Content-Digest": f"sha-256=:{wrong}:"})
    assert (bad.status_code, bad.json()["code"], sender.offset()) == (400, "digest_mismatch", 0)
    assert sender.piece(0, 1000, **{"Content-Digest": f"sha-256=:{right}:"}).status_code == 204


def test_pieces_that_are_too_large_or_too_many_are_refused(sender: Sender):
    sender.begin()
    large = sender.raw(0, bytes(actions.LARGEST_PIECE_BYTES + 1))
    assert (large.status_code, large.json()["code"]) == (413, "piece_too_large")
    more = sender.raw(0, sender.content + b"x")
    assert (more.status_code, more.json()["code"]) == (422, "too_long_piece")
    for offset in ("", "-1", "1.5", "9" * 20, "٣"):
        assert sender.raw(offset.encode().decode("latin-1"), b"x").status_code == 400
    assert sender.offset() == 0


def test_cancelling_leaves_nothing_and_can_be_repeated(sender: Sender):
    sender.begin()
    sender.piece(0, 1000)
    assert sender.client.delete(sender.address).status_code == 204
    assert sender.client.delete(sender.address).status_code == 404
    assert nothing_is_stored() and not Upload.objects.exists()


@pytest.mark.parametrize("kind", BAD_AUDIO)
def test_a_bad_file_is_refused_by_name_and_reason_and_nothing_stays(cast: Cast, tmp_path: Path, kind: str):
    make, name, word = BAD_AUDIO[kind]
    sender = Sender(cast.client("alice"), make(tmp_path))
    for answer in (sender.whole(name), sender.finish()):
        assert answer.status_code == 422
        assert name in answer.json()["detail"] and word in answer.json()["detail"]
    assert nothing_is_stored()
    assert sender.client.get(sender.address).json()["state"] == "refused"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.wav", "passwd.wav"),
        ("C:\\beats\\..\\low.wav", "low.wav"),
        ("/", "recording"),
        ("a" * 10_000 + ".wav", "a" * 251 + ".wav"),
        ("‮gnp\x07.wav", "gnp.wav"),
    ],
)
def test_names_name_no_place(sender: Sender, name: str, kept: str):
    assert sender.whole(name).status_code == 201
    assert Beat.objects.get().recording.file_name == kept
    assert [key.rpartition("/")[2] for key in stored_files()] == ["original.wav"]


def test_what_cannot_be_a_file_is_refused_at_the_beginning(cast: Cast, sender: Sender):
    large = Sender(sender.client, sender.content).begin(size=500_000_001)
    assert (large.status_code, large.json()["code"]) == (422, "too_large")
    for said in (
        {"size": -1},
        {"size": "much"},
        {"name": ""},
        {"batch": "x"},
        {"collection_name": "x" * 256},
    ):
        assert sender.begin(**said).json()["code"] == "invalid", said
    client = cast.client("alice")
    for body in ("", "[1]", "{", "null"):
        assert client.post(BEGIN, body, content_type="application/json").status_code == 422
    assert not Upload.objects.exists()


def test_only_who_began_it_may_go_on(cast: Cast, sender: Sender):
    sender.begin()
    for name, status in (("charlie", 404), ("bob", 404), ("ada", 404), ("lee", 404), ("dana", 404)):
        other = Sender(cast.client(name), sender.content, address=sender.address)
        for answer in (
            other.piece(0, 10),
            other.finish(),
            other.client.get(other.address),
            other.client.delete(other.address),
        ):
            assert answer.status_code == status
    visitor = Sender(cast.client("visitor"), sender.content, address=sender.address)
    assert visitor.piece(0, 10).status_code == 302
    assert sender.offset() == 0


def test_a_role_that_reads_may_neither_begin_nor_go_on(cast: Cast, sender: Sender):
    assert Sender(cast.client("ada"), sender.content).begin().status_code == 403
    sender.begin()
    Member.objects.filter(account=cast.alice, artist=cast.marlo).update(role="analyst")
    assert sender.piece(0, 10).status_code == 403


def test_another_artists_collection_is_not_there(cast: Cast, sender: Sender):
    theirs = actions.create_collection(cast.sable, name="Dunes", kind="ep", now=clock.now())
    assert sender.begin(collection=theirs.pk).status_code == 404


def test_without_the_csrf_token_nothing_is_taken(cast: Cast, wav: bytes):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    assert Sender(client, wav).begin().status_code == 403
    assert not Upload.objects.exists()


def test_an_artist_whose_uploading_is_switched_off_meanwhile_is_told(cast: Cast, sender: Sender):
    sender.begin()
    sender.piece(0)
    Artist.objects.filter(pk=cast.marlo.pk).update(can_upload=False)
    assert sender.finish().json()["code"] == "cannot_upload"
    assert Sender(sender.client, sender.content).begin().json()["code"] == "cannot_upload"
    assert nothing_is_stored()


@pytest.mark.parametrize(
    "said", ["[" * 60_000, '[{"name": "a.wav", "size": 9}]', '{"size": ' + "9" * 5_000 + "}"]
)
def test_json_that_cannot_be_read_is_refused_in_words(sender: Sender, said: str):
    answer = sender.client.post(BEGIN, said, content_type="application/json")
    assert answer.status_code == 422 and "JSON object" in answer.json()["detail"]
    assert not Upload.objects.exists()
