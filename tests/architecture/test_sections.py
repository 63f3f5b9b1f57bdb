"""A section that says *Try again* can be fetched alone: its page has a block of its name."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.tree import ROOT

WEB = ROOT / "backline" / "web"
NAMED = re.compile(r"""(?:failed_section|load_error|retry)\(["']([\w-]+)["']""")
BLOCK = re.compile(r"\{%-? *block (\w+)")


def text_of(screen: Path) -> str:
    """All templates of a screen."""
    return "".join(path.read_text(encoding="utf-8") for path in screen.glob("*.html"))


def test_each_section_has_a_block():
    found = {}
    for screen in sorted(path for path in WEB.iterdir() if path.is_dir() and path.name != "components"):
        text = text_of(screen)
        wanted = {name.replace("-", "_") for name in NAMED.findall(text)}
        if missing := wanted - set(BLOCK.findall(text)):
            found[screen.name] = sorted(missing)
    assert found == {}
