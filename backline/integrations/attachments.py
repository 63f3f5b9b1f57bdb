"""Files that come with an application: a PDF, a JPEG or a PNG by content, kept as they are and only ever downloaded."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 10_000_000
MOST_PIXELS = 60_000_000
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


class Refused(Exception):
    """A file that we do not take; the text names it and the reason."""


def check_attachment(path: Path, file_name: str) -> str:
    """The media type of the file, told by its content.

    Raises:
        Refused: empty, larger than 10 MB, or something else by content.
    """
    name, size = f"“{file_name[:80]}”", path.stat().st_size
    if not size:
        raise Refused(f"{name} is empty.")
    if size > MOST_BYTES:
        raise Refused(f"{name} has {size / 1e6:.1f} MB; a file has at most {MOST_BYTES // 1_000_000} MB.")
    with path.open("rb") as file:
        if file.read(5) == b"%PDF-":
            return "application/pdf"
    return _picture(path, name)


def _picture(path: Path, name: str) -> str:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # looked at below, with a sentence
    try:
        with Image.open(path, formats=tuple(TYPES)) as image:
            width, height, kind = *image.size, str(image.format)
    except Exception as error:  # Pillow's readers have many ways to fail on what is no picture
        raise Refused(f"{name} is no PDF, JPEG or PNG by its content.") from error
    if width * height > MOST_PIXELS:
        raise Refused(f"{name} has {width:,} by {height:,} pixels; that is too large.")
    return TYPES[kind]
