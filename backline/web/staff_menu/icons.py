"""The names of the icon sprite."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).resolve().parents[2] / "static" / "icons.svg"


@cache
def icon_names() -> tuple[str, ...]:
    """Every icon that can stand before a label, by name."""
    return tuple(sorted(re.findall(r'<symbol[^>]* id="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8"))))
