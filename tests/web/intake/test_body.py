"""Bodies as they come: packed ones, and anything at all that a stranger may send."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backline.catalog.models import Beat
from backline.web.intake import body
from tests.conftest import Cast
from tests.listening.world import listen
from tests.web.intake.posting import post, statuses


def test_a_packed_body(beat: Beat, instant: datetime, token: str):
    content = gzip.compress(json.dumps([listen(beat, at=instant)]).encode())
    assert statuses(post(content, token=token, HTTP_CONTENT_ENCODING="gzip")) == ["accepted"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"[]", "br"),
        (b"[]", "gzip"),
        (zlib.compress(b"[]"), "gzip"),
        (gzip.compress(b"[]")[:-9], "gzip"),
        (b"", "gzip"),
    ],
    # Names of their own: a packed content holds the time, and the test's name must not.
    ids=["another way", "not packed", "without a head", "cut off", "nothing"],
)
def test_what_is_packed_in_another_way_is_not_understood(
    cast: Cast, token: str, content: bytes, encoding: str
):
    answer = post(content, token=token, HTTP_CONTENT_ENCODING=encoding)
    assert (answer.status, answer.content["code"]) == (415, "unsupported_encoding")


def test_a_small_packed_body_that_unpacks_beyond_measure(cast: Cast, token: str):
    bomb = gzip.compress(b" " * 100 * body.MAX_BYTES)
    assert len(bomb) < body.MAX_BYTES
    assert post(bomb, token=token, HTTP_CONTENT_ENCODING="gzip").status == 413
    most = gzip.compress(b"[]" + b" " * (body.MAX_BYTES - 2))
    assert post(most, token=token, HTTP_CONTENT_ENCODING="gzip").status == 202


pieces = st.sampled_from(
    [
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        '"',
        "\n",
        "\\",
        "null",
        "1e999",
        "-",
        "NaN",
        '"id"',
        '"type":"listen"',
        "\ufeff",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60) | st.lists(pieces, max_size=30).map(lambda some: "".join(some).encode()),
    st.sampled_from(["", "gzip"]),
)
def test_no_body_is_an_error_of_ours(cast: Cast, content: bytes, encoding: str):
    assert post(content, HTTP_CONTENT_ENCODING=encoding).status in {202, 400, 413, 415}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_sound_body_with_one_byte_changed(cast: Cast, beat: Beat, instant: datetime, data: st.DataObject):
    content = bytearray(json.dumps([listen(beat, at=instant)]).encode())
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert post(bytes(content)).status in {202, 400, 413}


@pytest.mark.parametrize("cookies", ["a=b; c", "=", "backline_session=\x00", "x" * 5_000, 'a="\\', "ä=ö"])
def test_no_cookie_is_an_error_of_ours(cast: Cast, cookies: str):
    assert post("[]", cookies=cookies).status == 202


@pytest.mark.parametrize(
    ("headers", "most"),
    [
        ({"CONTENT_LENGTH": "20"}, 20),
        ({"CONTENT_LENGTH": "20", "HTTP_CONTENT_ENCODING": "gzip"}, body.MAX_BYTES),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, body.MAX_BYTES + 1),
        ({}, 0),
    ],
)
def test_room_is_taken_for_the_most_that_can_come(headers: dict[str, str], most: int):
    assert body.most(headers) == most
