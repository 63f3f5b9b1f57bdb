"""Static files: what is vendored is unchanged, what is named exists, scripts stay small."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import backline

STATIC = Path(backline.__file__).parent / "static"
TEMPLATES = Path(backline.__file__).parent / "web"
SMALL_LINES = 60
LARGE = {"player.js", "uploader.js"}
SCRIPTS_BYTES = 60 * 1024


def templates() -> Iterator[str]:
    """The text of every template."""
    for path in TEMPLATES.rglob("*.html"):
        yield path.read_text(encoding="utf-8")


def test_vendored_files_are_those_of_the_manifest():
    manifest = json.loads((STATIC / "vendor/manifest.json").read_text(encoding="utf-8"))
    named = set()
    for entry in manifest:
        content = (STATIC / "vendor" / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]
        assert entry["version"].encode() in content
        assert entry["licence"]
        assert (STATIC / "vendor" / entry["licence_file"]).stat().st_size > 100
        named |= {entry["file"], entry["licence_file"]}
    assert {path.name for path in (STATIC / "vendor").iterdir()} == named | {"manifest.json"}


def test_the_stylesheet_lists_every_file_once():
    listed = re.findall(r'@import url\("(.+?)"\)', (STATIC / "css/backline.css").read_text(encoding="utf-8"))
    there = {str(path.relative_to(STATIC / "css")) for path in (STATIC / "css").rglob("*.css")}
    assert len(listed) == len(set(listed))
    assert set(listed) == there - {"backline.css"}


def test_stylesheets_are_small_and_say_what_they_are():
    for path in (STATIC / "css").rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("/*"), path.name
        assert len(text.splitlines()) <= 200, path.name


def test_raw_colours_stand_in_the_tokens_only():
    for path in (STATIC / "css").rglob("*.css"):
        if path.name not in ("tokens.css", "print.css"):
            text = re.sub(r"url\(.*?\)|mask:.*", "", path.read_text(encoding="utf-8"))
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|oklch\([\d.]", text), path.name


def test_scripts_are_small_each_and_together():
    total = len(gzip.compress((STATIC / "vendor/htmx.min.js").read_bytes(), 9))
    for path in (STATIC / "js").glob("*.js"):
        content = path.read_bytes()
        total += len(gzip.compress(content, 9))
        assert content.startswith(b"//"), path.name
        assert path.name in LARGE or content.count(b"\n") < SMALL_LINES, path.name
    assert total <= SCRIPTS_BYTES


def test_scripts_set_no_styles():
    for path in (STATIC / "js").glob("*.js"):
        assert not re.search(
            r"\.style\b|cssText|setAttribute\(\"style\"", path.read_text(encoding="utf-8")
        ), path.name


def test_every_icon_that_is_named_is_in_the_sprite():
    there = set(re.findall(r'<symbol id="(.+?)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {name for text in templates() for name in re.findall(r'\bicon\("([a-z0-9-]+)"', text)}
    assert named
    assert named - there == set()


def test_every_file_that_templates_name_exists():
    named = {name for text in templates() for name in re.findall(r"static\('([^'~]+)'\)", text)}
    modules = re.search(
        r"\{% for module in \((.+?)\) %\}", (TEMPLATES / "base.html").read_text(encoding="utf-8")
    )
    assert modules
    named |= {f"js/{name}.js" for name in re.findall(r'"(.+?)"', modules[1])}
    assert {name for name in named if not name.endswith("/") and not (STATIC / name).is_file()} == set()
