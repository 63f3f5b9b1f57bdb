"""A picture that somebody uploaded: checked by content, cropped to its shape, re-encoded without its metadata."""

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
MOST_SIDE = 20_000  # pixels
SIZES = (96, 320, 800)
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82
ORIENTATION, LYING = 0x0112, range(5, 9)  # the EXIF tag, and its values that swap width and height


@dataclass(frozen=True)
class Shape:
    """What is kept of a picture: how many times wider than high, its least width in pixels, and what it is for."""

    across: int
    least: int
    name: str


SQUARE = Shape(across=1, least=500, name="cover")
WIDE = Shape(across=4, least=1000, name="profile's cover")


@dataclass(frozen=True)
class Crop:
    """The part to keep of an upright picture: left upper corner and width, in thousandths of the picture's width."""

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
    path: Path,
    file_name: str,
    *,
    sizes: Sequence[int] = SIZES,
    crop: Crop | None = None,
    shape: Shape = SQUARE,
) -> dict[int, bytes]:
    """The picture in `path` as WebP files of that shape by their width, turned upright, without metadata.

    Without `crop` it is the largest part in the middle. A crop that reaches beyond the picture or is smaller than it
    may be is moved and widened until it fits. A size beyond the part's own width holds it at that: nothing is blown up.

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
        _check_least(_upright_size(image), name, shape)
        part = _part(image, max(sizes) * 3 // 2, crop, shape)
    except Refused:
        raise
    except Exception as error:  # Pillow's decoders have many ways to fail on broken data
        raise Refused("damaged", f"{name} is damaged: it cannot be decoded to its end.") from error
    return {width: _encoded(part, width, shape) for width in sizes}


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


def _check_least(size: tuple[int, int], name: str, shape: Shape) -> None:
    width, height = size
    if width < shape.least or height < shape.least // shape.across:
        both = f"{shape.least} on each side"
        least = both if shape.across == 1 else f"{shape.least:,} by {shape.least // shape.across}"
        sentence = f"{name} has {width:,} by {height:,} pixels; a {shape.name} needs at least {least}."
        raise Refused("too_small", sentence)


def _upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height as the picture is looked at: a camera that was held on its side notes so in EXIF."""
    width, height = image.size
    return (height, width) if image.getexif().get(ORIENTATION) in LYING else (width, height)


def _part(image: Image.Image, enough: int, crop: Crop | None, shape: Shape) -> Image.Image:
    """The upright part in RGB; a width of more than twice `enough` pixels is reduced on the way."""
    from PIL import Image, ImageOps

    in_the_middle = crop is None and shape.across == 1
    if in_the_middle:
        # A JPEG can be decoded at a fraction of its size; other formats cannot and ignore this.
        image.draft("RGB", (enough, enough))
    image.load()
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if not in_the_middle:
        image = ImageOps.exif_transpose(image)
    box = _box(image.size, crop, shape)
    image = image.reduce(max(1, (box[2] - box[0]) // enough), box=box)
    image = ImageOps.exif_transpose(image) if in_the_middle else image
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def _box(size: tuple[int, int], crop: Crop | None, shape: Shape) -> tuple[int, int, int, int]:
    """The corners of the part to keep, inside the picture."""
    width, height = size
    across = shape.across
    wide = min(width, height * across)
    if crop is None:
        left, top = (width - wide) // 2, (height - wide // across) // 2
        return left, top, left + wide, top + wide // across
    wide = max(min(wide, crop.side * width // 1000), min(shape.least, wide))
    left = max(0, min(crop.x * width // 1000, width - wide))
    top = max(0, min(crop.y * width // 1000, height - wide // across))
    return left, top, left + wide, top + wide // across


def _encoded(part: Image.Image, width: int, shape: Shape) -> bytes:
    from PIL import Image

    width = min(width, part.width)
    out = BytesIO()
    small = part.resize((width, width // shape.across), Image.Resampling.LANCZOS)
    small.info.clear()  # colour profile and all other metadata
    small.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
