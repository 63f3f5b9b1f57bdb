"""Uploads in pieces: a full disk, what is swept, and files that become a collection."""

from __future__ import annotations

import errno
import os
from datetime import timedelta

import pytest

from backline.catalog import actions, jobs
from backline.catalog.models import Beat, Collection, Upload
from backline.core import clock, files
from tests.catalog.makers import nothing_is_stored, stored_files
from tests.conftest import Cast
from tests.web.upload.pieces import Sender


def test_a_full_disk_keeps_nothing_of_the_piece_and_says_so(sender: Sender, monkeypatch: pytest.MonkeyPatch):
    sender.begin()
    sender.piece(0, 500)
    write = os.pwrite

    def half_then_full(descriptor: int, content: memoryview, offset: int) -> int:
        if len(content) > 400:
            return write(descriptor, content[:400], offset)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", half_then_full)
    answer = sender.piece(500, 700)
    monkeypatch.undo()
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
    assert sender.offset() == files.path(Upload.objects.get().key).stat().st_size == 500
    assert sender.piece(500).status_code == 204 and sender.finish().status_code == 201


def test_a_disk_that_fills_up_at_the_end_leaves_the_whole_file_to_finish_again(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    sender.begin()
    sender.piece(0)
    monkeypatch.setattr(files, "keep", full)
    assert (sender.finish().status_code, sender.offset()) == (507, len(sender.content))
    monkeypatch.undo()
    assert not Beat.objects.exists() and len(stored_files()) == 1
    assert sender.finish().status_code == 201


def test_a_disk_that_is_too_full_for_the_file_is_told_before_its_first_byte(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("backline.catalog.actions.growing.SPARE_BYTES", 10**18)
    assert sender.begin().status_code == 507
    assert not Upload.objects.exists()


def test_what_nobody_continues_for_a_day_is_swept(sender: Sender):
    sender.begin()
    sender.piece(0, 1000)
    jobs.sweep()
    assert sender.offset() == 1000
    Upload.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    jobs.sweep()
    assert nothing_is_stored() and not Upload.objects.exists()
    assert sender.piece(1000, 10).status_code == 404


def test_growing_files_without_a_row_are_swept_once_they_are_old(sender: Sender):
    sender.begin()
    sender.piece(0, 1000)
    for name in ("0199-not-an-id.part", "01990000-0000-7000-8000-000000000000.part"):
        files.write(f"uploads/{name}", b"x")
    assert len(stored_files()) == 3
    for key in stored_files():
        os.utime(files.path(key), (0, 0))
    jobs.sweep()
    assert stored_files() == [Upload.objects.get().key]


def test_files_of_a_batch_become_a_collection_in_the_order_chosen(cast: Cast, sender: Sender, wav: bytes):
    batch = {"batch": "0199aaaa-0000-4000-8000-000000000001", "collection_name": "Low Water"}
    for position in (2, 0, 1):
        other = Sender(sender.client, wav)
        answer = other.whole(f"part {position}.wav", position=position, **batch)
        assert answer.json()["collection"]
    collection = Collection.objects.get()
    assert (collection.name, collection.artist, collection.state) == ("Low Water", cast.marlo, "private")
    names = [entry.beat.recording.file_name for entry in collection.entries.all()]
    assert names == ["part 0.wav", "part 1.wav", "part 2.wav"]


def test_a_batch_whose_files_are_all_refused_makes_no_collection(cast: Cast):
    sender = Sender(cast.client("alice"), b"text")
    sender.whole(batch="0199aaaa-0000-4000-8000-000000000001", collection_name="Low Water")
    assert not Collection.objects.exists()


def test_a_file_for_a_collection_goes_last_into_it(cast: Cast, sender: Sender):
    collection = actions.create_collection(cast.marlo, name="Tides", kind="ep", now=clock.now())
    sender.whole(collection=collection.pk)
    assert [entry.beat for entry in collection.entries.all()] == [Beat.objects.get()]
