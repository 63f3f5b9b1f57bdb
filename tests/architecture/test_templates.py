"""Every template compiles with all that it names, every component says its inputs and stands in the style guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import Environment, meta

from tests.architecture.tree import PACKAGE, files

WEB = PACKAGE / "web"
TEMPLATES = [path.relative_to(WEB).as_posix() for path in files(WEB, ".html", ".txt")]
# The frame that the guide itself stands in, a whole page, and bare attributes: nothing of their own to show.
NOT_SHOWN = {"boost.html", "brand.html", "menus.html", "no_artist.html", "player.html", "toasts.html"}
COMPONENTS = [path.name for path in files(WEB / "components", ".html")]


@pytest.fixture(scope="module")
def jinja() -> Environment:
    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return environment


@pytest.mark.parametrize("template", TEMPLATES)
def test_compiles_and_names_only_templates_that_exist(template: str, jinja: Environment):
    jinja.get_template(template)
    tree = jinja.parse((WEB / template).read_text(encoding="utf-8"))
    for named in meta.find_referenced_templates(tree):
        if named is not None:
            jinja.get_template(named)


@pytest.mark.parametrize("component", COMPONENTS)
def test_component_says_its_inputs_first(component: str):
    first = (WEB / "components" / component).read_text(encoding="utf-8").lstrip().split("#}", 1)[0]
    assert first.startswith("{#")
    assert re.search(r"[Ii]nputs", first), first


def test_every_component_stands_in_the_style_guide():
    guide = "".join(path.read_text(encoding="utf-8") for path in Path(WEB / "styleguide").glob("*.html"))
    assert [name for name in COMPONENTS if name not in NOT_SHOWN and f"components/{name}" not in guide] == []
