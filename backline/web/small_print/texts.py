"""The texts that the platform has of its own, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Text:
    """A title, a sentence that says it all, and sections of (title, paragraphs)."""

    title: str
    lede: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def text(key: str) -> Text:
    """The text with this key: terms or privacy.

    Raises:
        KeyError: there is none.
    """
    found = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))[key]
    sections = tuple((each["title"], tuple(each["text"])) for each in found["section"])
    return Text(found["title"], found["lede"], sections)
