"""Where an artist's picture is found."""

from __future__ import annotations

from backline.people.models import Artist

AVATAR_SIZES = (96, 320)


def avatar_address(artist: Artist, *, size: int = 96) -> str:
    """The address of the artist's picture in one of `AVATAR_SIZES`, or of the portrait drawn from the handle."""
    if not artist.avatar_key:
        return f"/media/avatar/{artist.handle.lower()}.svg"
    return f"/media/avatar/{artist.avatar_key.rpartition('/')[2]}/{size}.webp"
