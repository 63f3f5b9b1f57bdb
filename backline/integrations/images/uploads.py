"""A picture that somebody uploaded: checked by content, cropped to a square, re-encoded without its metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000  # in memory 160 MB, for a moment
LEAST_SIDE, MOST_SIDE = 500, 20_000  # pixels
SIZES = (96, 320, 800)
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82


@dataclass(frozen=True)
class Crop:
    """The square to keep of an upright picture: left upper corner and side, in thousandths of the picture's width."""

    x: int
    y: int
    side: int


class Refused(Exception):
    """A picture that we do not take; `sentence` names the file and the reason.

    `code` is one of: empty, too_large, not_image, too_small, too_many_pixels, damaged.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def check_cover(
    path: Path, file_name: str, *, sizes: Sequence[int] = SIZES, crop: Crop | None = None
) -> dict[int, bytes]:
    """The picture in `path` as square WebP files by the length of their side, turned upright, without metadata.

    Without `crop` it is the middle square. A crop that reaches beyond the picture or is smaller than a cover may be is
    moved and widened until it fits. A size beyond the picture's own side holds it at its own side: nothing is blown up.

    Raises:
        Refused: not a JPEG, PNG or WebP, too large, too small, a bomb, or damaged.
    """
    name, size = f"“{file_name[:80]}”", path.stat().st_size
    if not size:
        raise Refused("empty", f"{name} is empty: it has 0 bytes.")
    if size > MOST_BYTES:
        sentence = f"{name} has {size / 1e6:.1f} MB; a picture has at most {MOST_BYTES // 1_000_000} MB."
        raise Refused("too_large", sentence)
    with path.open("rb") as file:
        image = _opened(BytesIO(file.read()), name)
    _check_size(image, name)
    try:
        square = _square(image, max(sizes) * 3 // 2, crop)
    except Exception as error:  # Pillow's decoders have many ways to fail on broken data
        raise Refused("damaged", f"{name} is damaged: it cannot be decoded to its end.") from error
    return {side: _encoded(square, side) for side in sizes}


def _opened(content: BytesIO, name: str) -> Image.Image:
    """The picture with its header read and nothing decoded."""
    from PIL import Image

    # Sizes are checked right after opening, with a sentence; Pillow's own limit would only warn.
    Image.MAX_IMAGE_PIXELS = None
    try:
        return Image.open(content, formats=FORMATS)
    except Exception as error:
        start = content.getvalue()[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        is_markup = start.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html"))
        kind = "by its content it is SVG or HTML" if is_markup else "its content is something else"
        raise Refused("not_image", f"{name} is not a JPEG, PNG or WebP picture: {kind}.") from error


def _check_size(image: Image.Image, name: str) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        most = f"at most {MOST_PIXELS // 1_000_000} million and {MOST_SIDE:,} on a side"
        sentence = f"{name} has {width:,} by {height:,} pixels; we take {most}."
        raise Refused("too_many_pixels", sentence)
    if min(width, height) < LEAST_SIDE:
        sentence = (
            f"{name} has {width:,} by {height:,} pixels; a cover needs at least {LEAST_SIDE} on each side."
        )
        raise Refused("too_small", sentence)


def _square(image: Image.Image, enough: int, crop: Crop | None) -> Image.Image:
    """The upright square in RGB; a side of more than twice `enough` pixels is reduced on the way."""
    from PIL import Image, ImageOps

    if crop is None:
        # A JPEG can be decoded at a fraction of its size; other formats cannot and ignore this.
        image.draft("RGB", (enough, enough))
    image.load()
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if crop is not None:
        image = ImageOps.exif_transpose(image)
    box = _box(image.size, crop)
    image = image.reduce(max(1, (box[2] - box[0]) // enough), box=box)
    image = ImageOps.exif_transpose(image) if crop is None else image
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def _box(size: tuple[int, int], crop: Crop | None) -> tuple[int, int, int, int]:
    """The corners of the square to keep, inside the picture."""
    width, height = size
    side = min(size)
    if crop is None:
        left, top = (width - side) // 2, (height - side) // 2
        return left, top, left + side, top + side
    side = max(min(side, crop.side * width // 1000), min(LEAST_SIDE, side))
    left = max(0, min(crop.x * width // 1000, width - side))
    top = max(0, min(crop.y * width // 1000, height - side))
    return left, top, left + side, top + side


def _encoded(square: Image.Image, side: int) -> bytes:
    from PIL import Image

    side = min(side, square.width)
    out = BytesIO()
    small = square.resize((side, side), Image.Resampling.LANCZOS)
    small.info.clear()  # colour profile and all other metadata
    small.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
