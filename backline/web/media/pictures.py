"""Which picture an address below `/media/` names: a stored cover, avatar, banner or photo, or a drawing."""

from __future__ import annotations

import re
from functools import lru_cache

from backline.catalog.covers import draw_cover
from backline.integrations import images

_FOLDER = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_STORED = re.compile(rf"(cover|avatar|banner|photo)/({_FOLDER})/(\d{{2,4}})\.webp", re.ASCII)
_DRAWN_COVER = re.compile(r"cover/([a-z]{1,24})/([a-z0-9/-]{1,90})\.svg", re.ASCII)
_DRAWN_AVATAR = re.compile(r"avatar/([a-z0-9-]{1,40})\.svg", re.ASCII)


def stored_key(place: str) -> str | None:
    """The file key of the uploaded picture at `place` (the address without `/media/`), None when it is none."""
    match = _STORED.fullmatch(place)
    return f"{match[1]}s/{match[2]}/{match[3]}.webp" if match else None


@lru_cache(maxsize=512)
def drawing(place: str) -> bytes | None:
    """The SVG drawn for `place`, None when nothing is drawn there."""
    if match := _DRAWN_AVATAR.fullmatch(place):
        return images.portrait(match[1]).encode()
    if match := _DRAWN_COVER.fullmatch(place):
        try:
            return draw_cover(match[1], match[2]).encode()
        except ValueError:
            return None
    return None
