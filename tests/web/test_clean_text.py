"""Characters that no page may hold are dropped from what people send, and nothing else is."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.http import QueryDict

from backline.web.clean_text import clean, clean_object
from tests.conftest import Cast
from tests.web.public import public_beat


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_what_no_page_may_hold_is_dropped(bad: str):
    sent = QueryDict(mutable=True)
    sent.setlist("name", [f"a{bad}b", "c"])
    assert clean(sent).getlist("name") == ["ab", "c"]


def test_all_that_people_write_stays():
    sent = QueryDict(mutable=True)
    sent["text"] = "Tab\tline\r\n\u202egnp.exe Маrlо Z\u0351 \U0001f469\u200d\U0001f469 ٣ <b>"
    assert clean(sent) is sent


def test_a_name_with_controls_is_kept_without_them(cast: Cast):
    client = cast.client("dana")
    client.post("/staff/genres/", {"name": "Dark\x00 \x1bTrap"})
    page = client.get("/staff/genres/").content.decode()
    assert "Dark Trap" in page and "\x00" not in page
    assert client.get("/staff/people/?q=a%00b").status_code == 200


def test_the_texts_of_a_json_object_are_cleaned_as_well():
    said = {"name": "a\x00b\x1b\ud800.wav", "size": 9, "more": ["a\x00"]}
    assert clean_object(json.dumps(said).encode()) == {"name": "ab.wav", "size": 9, "more": ["a\x00"]}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'"a"', b"{", b"\xff\xfe{}", b"[" * 60_000, b'{"a": %s}' % (b"9" * 5_000)]
)
def test_what_is_no_object_is_none(body: bytes):
    assert clean_object(body) is None


def test_a_player_that_asks_in_nonsense_is_refused(cast: Cast, now: datetime):
    beat = public_beat(cast.marlo, now=now)
    for body in ("[" * 60_000, '{"listen": "\\ud800", "ticket": ["x"]}'):
        asked = cast.client("visitor").post(f"/beats/{beat.pk}/play", body, content_type="application/json")
        assert asked.status_code in (400, 422)
