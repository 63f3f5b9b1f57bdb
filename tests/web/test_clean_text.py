"""Characters that no page may hold are dropped from what people send, and nothing else is."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from backline.web.clean_text import clean
from tests.conftest import Cast


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
