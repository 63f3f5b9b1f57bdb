"""Streams: signed addresses, and every case of reading a part of a file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from backline.core import clock, files
from backline.web.media.addresses import VALID_S, stream_address
from backline.web.media.answers import BLOCK_BYTES
from backline.web.media.ranges import LARGEST_PART_BYTES
from tests.web.media.client import get

LISTEN = UUID("01957e2a-0000-7000-8000-000000000001")
KEY = "recordings/one/stream.mp3"
CONTENT = bytes(range(256)) * 6000


@pytest.fixture
def address() -> str:
    files.write(KEY, CONTENT)
    return stream_address(7, key=KEY, listen=LISTEN, now=clock.now())


def test_whole_file_in_small_blocks(address: str) -> None:
    answer = get(address)
    assert answer.status == 200
    assert answer.body == CONTENT
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in answer.headers
    assert max(map(len, answer.blocks)) <= BLOCK_BYTES


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=0-", 0, LARGEST_PART_BYTES - 1),
        ("bytes=500-99999999", 500, 500 + LARGEST_PART_BYTES - 1),
        ("bytes=1535990-", 1_535_990, 1_535_999),
        ("bytes=1535990-99999999", 1_535_990, 1_535_999),
        ("bytes=-10", 1_535_990, 1_535_999),
        ("bytes=-99999999", 0, LARGEST_PART_BYTES - 1),
        ("BYTES= 5-9 ", 5, 9),
    ],
)
def test_part(address: str, wanted: str, first: int, last: int) -> None:
    answer = get(address, range=wanted)
    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert answer.body == CONTENT[first : last + 1]
    assert len(answer.body) <= LARGEST_PART_BYTES


@pytest.mark.parametrize("wanted", ["bytes=1536000-", "bytes=1536000-1536001", "bytes=-0", "bytes=99999999-"])
def test_part_outside_the_file(address: str, wanted: str) -> None:
    answer = get(address, range=wanted)
    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(CONTENT)}"
    assert answer.body == b""


@pytest.mark.parametrize(
    "wanted",
    ["", "bytes=-", "bytes=9-5", "bytes=a-b", "bytes=1-2,5-9", "items=1-2", "bytes 1-2", "bytes=1--2"],
)
def test_what_cannot_be_read_as_one_range_is_ignored(address: str, wanted: str) -> None:
    answer = get(address, range=wanted)
    assert (answer.status, len(answer.body)) == (200, len(CONTENT))


def test_if_range_keeps_a_changed_file_whole(address: str) -> None:
    whole = get(address)
    for known in (whole.headers["ETag"], whole.headers["Last-Modified"]):
        assert get(address, range="bytes=1-2", if_range=known).status == 206
    for other in ('"other"', "W/" + whole.headers["ETag"], "Sun, 06 Nov 1994 08:49:37 GMT"):
        assert get(address, range="bytes=1-2", if_range=other).status == 200


def test_known_file_is_not_sent_again(address: str) -> None:
    tag = get(address).headers["ETag"]
    answer = get(address, if_none_match=f'"x", {tag}')
    assert (answer.status, answer.body) == (304, b"")
    files.write(KEY, b"changed")
    assert get(address, if_none_match=tag).status == 200


def test_head_says_the_size_and_ignores_ranges(address: str) -> None:
    for headers in ({}, {"range": "bytes=5-9"}):
        answer = get(address, method="HEAD", **headers)
        assert (answer.status, answer.body) == (200, b"")
        assert answer.headers["Content-Length"] == str(len(CONTENT))


def test_empty_file() -> None:
    files.write(KEY, b"")
    address = stream_address(7, key=KEY, listen=LISTEN, now=clock.now())
    assert get(address).headers["Content-Length"] == "0"
    assert get(address, range="bytes=0-").status == 416


def test_only_reading(address: str) -> None:
    answer = get(address, method="POST")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/stream/7?", "/stream/8?"),
        ("stream.mp3", "original.flac"),
        (str(LISTEN), str(LISTEN).replace("1", "2")),
        ("until=", "until=9"),
        ("proof=", "proof=A"),
        ("&proof=", "&nothing="),
        ("until=", "until=x"),
        ("/stream/7?", "/stream/seven?"),
        ("key=", "key=a&key="),
    ],
)
def test_changed_address_is_refused(address: str, old: str, new: str) -> None:
    assert old in address
    answer = get(address.replace(old, new))
    assert answer.status == 403
    assert answer.headers["Cache-Control"] == "no-store"
    assert CONTENT[:64] not in answer.body


def test_address_runs_out_after_ten_minutes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert VALID_S <= 600
    start = datetime.now(UTC)
    for seconds, status in ((VALID_S - 2, 200), (VALID_S + 2, 403)):
        later = start + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        assert get(address).status == status


def test_missing_file_is_404() -> None:
    address = stream_address(7, key="recordings/none/stream.mp3", listen=LISTEN, now=clock.now())
    assert get(address).status == 404


def test_signed_key_cannot_leave_the_store(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    address = stream_address(7, key="../secret.txt", listen=LISTEN, now=clock.now())
    answer = get(address)
    assert answer.status == 403
    assert b"secret\n" not in answer.body


def test_audio_cannot_be_read_as_a_page(address: str) -> None:
    headers = get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_no_database_is_asked(address: str) -> None:
    # Tests without the `db` fixture may not touch the database: the whole file above would fail if one did.
    assert get(address, range="bytes=0-9").status == 206
