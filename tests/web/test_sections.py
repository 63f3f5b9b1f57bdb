"""Sections fail alone; templates refuse what they were not given."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from jinja2 import UndefinedError

from backline.web.render import jinja
from backline.web.sections import Failed, attempt, wanted
from tests.conftest import Cast

READS = {"stats": lambda: 1, "since": lambda: 2, "live_now": lambda: 3}


def names(target: str, together: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    """Which reads a request for this element makes."""
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    request = RequestFactory().get("/", headers=headers)
    return list(wanted(request, READS, together))


def test_a_page_reads_everything_and_htmx_one_section():
    assert names("") == ["stats", "since", "live_now"]
    assert names("since") == ["since"]
    assert names("live-now") == ["live_now"]
    assert names("something-else") == ["stats", "since", "live_now"]
    assert names("stats", {"stats": ("stats", "since")}) == ["stats", "since"]


def test_a_read_that_fails_becomes_its_sign():
    request = RequestFactory().get("/")
    request.request_id = "ab12"  # type: ignore[attr-defined]
    assert attempt(request, "stats", lambda: 5) == 5
    assert attempt(request, "stats", lambda: 1 // 0) == Failed("ab12")


@pytest.mark.parametrize("answer", [Http404, PermissionDenied])
def test_answers_for_the_whole_page_pass(answer: type[Exception]):
    def read() -> None:
        raise answer

    with pytest.raises(answer):
        attempt(RequestFactory().get("/"), "stats", read)


def test_templates_escape_and_know_no_undefined_name():
    environment = jinja()
    assert environment.from_string("{{ name }}").render(name="<b>") == "&lt;b&gt;"
    assert environment.from_string("{{ n | number }}{{ x | day }}").render(n=1200, x=None) == "1,200—"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ nobody }}").render()


def test_a_message_waits_for_the_page_that_shows_it(cast: Cast) -> None:
    client = cast.client("lee")
    client.post("/program/", {"name": "Low Tide Club"})
    fragment = client.get(
        "/dashboard/", headers={"HX-Request": "true", "HX-Target": "stats"}
    ).content.decode()
    assert "<html" not in fragment
    assert "Low Tide Club is yours" in client.get("/dashboard/").content.decode()
    assert "Low Tide Club is yours" not in client.get("/dashboard/").content.decode()
