"""Every shared component is on the style guide, and its first line says its inputs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

import backline

COMPONENTS = Path(backline.__file__).parent / "web/components"
# Shown by the frame itself, or pages of their own.
NOT_ON_IT = {
    "boost",
    "brand",
    "menus",
    "no_artist",
    "player",
    "toasts",
    "avatar",
    "cover",
}


@pytest.fixture
def page(client: Client, cast: object) -> str:
    answer = client.get("/styleguide/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_examples_are_called_examples(page: str):
    assert "invented examples" in page
    assert page.count("<p>Examples</p>") == 5


def test_every_component_says_its_inputs_first():
    for path in COMPONENTS.glob("*.html"):
        first = path.read_text(encoding="utf-8").partition("#}")[0]
        assert first.startswith("{#"), path.name
        assert re.search(r"input", first, re.IGNORECASE), path.name


def test_every_component_is_shown():
    text = (Path(backline.__file__).parent / "web/styleguide/page.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'"components/(\w+)\.html"', text))
    there = {path.stem for path in COMPONENTS.glob("*.html")}
    assert there - shown - NOT_ON_IT - {"track", "player"} == set()
