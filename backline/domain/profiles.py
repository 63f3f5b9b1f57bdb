"""What a profile may say: its text and its links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

LONGEST_BIO = 1000
MOST_LINKS, LONGEST_LINK = 8, 300
MOST_PHOTOS = 24
_LINK = re.compile(
    r"https?://|www\.|\b[a-z0-9-]+\.(?:com|net|org|io|co|me|app|fm|tv|xyz|link)\b", re.IGNORECASE
)


def bio_problem(bio: str) -> str:
    """What is wrong with the text about an artist, in a sentence; empty when nothing is.

    >>> bio_problem("Warm, slow drums."), bio_problem("See www.example.com")
    ('', 'Links have a place of their own below; take them out of this text.')
    """
    if len(bio) > LONGEST_BIO:
        return f"This text has {len(bio):,} characters; at most {LONGEST_BIO:,} are shown."
    return "Links have a place of their own below; take them out of this text." if _LINK.search(bio) else ""


def links_of(lines: Iterable[str]) -> list[str]:
    """The links in these lines, each once, with https:// where nothing stands before.

    >>> links_of(["example.com/me", " ", "https://example.com/me"])
    ['https://example.com/me']

    Raises:
        ValueError: too many, too long, or not a web address; said in a sentence.
    """
    found: dict[str, None] = {}
    for line in lines:
        if text := line.strip():
            found[_link(text)] = None
    if len(found) > MOST_LINKS:
        raise ValueError(f"There is room for {MOST_LINKS} links; these are {len(found)}.")
    return list(found)


def _link(text: str) -> str:
    text = text if "://" in text else f"https://{text}"
    if len(text) > LONGEST_LINK:
        raise ValueError(f"A link has at most {LONGEST_LINK} characters: {text[:40]}…")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or "." not in host or parts.username or re.search(r"\s", text):
        raise ValueError(f"“{text[:60]}” is not the address of a page, such as https://example.com/me.")
    return text
