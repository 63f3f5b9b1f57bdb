"""Where an artist's pictures are found."""

from __future__ import annotations

from backline.people.models import Artist, Photo

AVATAR_SIZES = (96, 320)
PHOTO_SIZES = (320, 800)
BANNER_SIZES = (800, 1600)


def avatar_address(artist: Artist, *, size: int = 96) -> str:
    """The address of the artist's picture in one of `AVATAR_SIZES`, or of the portrait drawn from the handle."""
    if not artist.avatar_key:
        return f"/media/avatar/{artist.handle.lower()}.svg"
    return f"/media/avatar/{artist.avatar_key.rpartition('/')[2]}/{size}.webp"


def banner_address(artist: Artist, *, size: int) -> str:
    """The address of the wide picture over the profile in one of `BANNER_SIZES`; empty without one."""
    return f"/media/banner/{artist.banner_key.rpartition('/')[2]}/{size}.webp" if artist.banner_key else ""


def photo_address(photo: Photo, *, size: int) -> str:
    """The address of a photo of the gallery in one of `PHOTO_SIZES`."""
    return f"/media/photo/{photo.key.rpartition('/')[2]}/{size}.webp"
