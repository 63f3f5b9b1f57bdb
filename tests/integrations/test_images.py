"""Uploaded pictures: what is taken, what is refused, what is left of them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from backline.integrations import images


def picture(
    path: Path, size: tuple[int, int], form: str = "PNG", mode: str = "RGB", **options: object
) -> Path:
    image = Image.new(mode, size, "red" if mode != "RGBA" else (255, 0, 0, 128))
    image.save(path, form, **options)
    return path


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def refusal(path: Path) -> images.Refused:
    with pytest.raises(images.Refused) as caught:
        images.check_cover(path, "my cover.png")
    assert "my cover.png" in caught.value.sentence
    return caught.value


def png_header(width: int, height: int) -> bytes:
    """The start of a PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_each_format_becomes_square_webp_of_each_size(tmp_path, form):
    sizes = images.check_cover(picture(tmp_path / "a", (1200, 900), form), "a")
    assert tuple(sizes) == images.SIZES
    for side, content in sizes.items():
        assert (opened(content).format, opened(content).size) == ("WEBP", (side, side))


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1", "LA", "I;16"])
def test_each_colour_mode(tmp_path, mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (600, 600)).save(tmp_path / "a", form)
    assert opened(images.check_cover(tmp_path / "a", "a")[96]).mode == "RGB"


def test_nothing_is_blown_up(tmp_path):
    assert opened(images.check_cover(picture(tmp_path / "a", (500, 700)), "a")[800]).size == (500, 500)


def test_other_sizes(tmp_path):
    assert list(images.check_cover(picture(tmp_path / "a", (500, 500)), "a", sizes=(96, 640))) == [96, 640]


def test_the_middle_is_kept(tmp_path):
    image = Image.new("RGB", (1500, 500), "blue")
    image.paste("red", (500, 0, 1000, 500))
    image.save(tmp_path / "a", "PNG")
    square = opened(images.check_cover(tmp_path / "a", "a")[96])
    corners = [square.getpixel((x, y)) for x in (2, 93) for y in (2, 93)]
    assert all(red > 200 and blue < 60 for red, _, blue in corners)  # type: ignore[misc]


def test_it_is_turned_upright_and_metadata_is_gone(tmp_path):
    image = Image.new("RGB", (600, 600), "blue")
    image.paste("red", (0, 0, 600, 300))  # above
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side: turn by 90 degrees to the right
    exif[0x010F] = "A camera with a serial number"
    image.save(tmp_path / "a", "JPEG", exif=exif, comment=b"secret")
    content = images.check_cover(tmp_path / "a", "a")[320]
    square = opened(content)
    red, _, blue = square.getpixel((300, 160))  # type: ignore[misc]
    assert red > 200 > 60 > blue  # above has become right
    assert not square.getexif()
    assert b"camera" not in content
    assert b"secret" not in content


def test_transparent_parts_become_white(tmp_path):
    Image.new("RGBA", (600, 600), (0, 0, 0, 0)).save(tmp_path / "a", "PNG")
    assert min(opened(images.check_cover(tmp_path / "a", "a")[96]).getpixel((40, 40))) > 250  # type: ignore[arg-type]


def test_zero_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    assert refusal(tmp_path / "a").code == "empty"


def test_more_than_five_megabytes(tmp_path):
    (tmp_path / "a").write_bytes(picture(tmp_path / "b", (600, 600)).read_bytes() + bytes(5_000_000))
    refused = refusal(tmp_path / "a")
    assert (refused.code, "5.0 MB" in refused.sentence) == ("too_large", True)


@pytest.mark.parametrize("size", [(499, 800), (800, 499), (1, 1)])
def test_too_small(tmp_path, size):
    refused = refusal(picture(tmp_path / "a", size))
    assert (refused.code, f"{size[0]} by {size[1]}" in refused.sentence) == ("too_small", True)


@pytest.mark.parametrize("size", [(30_000, 30_000), (30_000, 500), (6_400, 6_400), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_decoded(tmp_path, size):
    (tmp_path / "a").write_bytes(png_header(*size))
    refused = refusal(tmp_path / "a")
    assert (refused.code, f"{size[0]:,} by {size[1]:,}" in refused.sentence) == ("too_many_pixels", True)


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\n<!DOCTYPE html><script>", b"<?xml "]
)
def test_markup_that_calls_itself_a_picture(tmp_path, content):
    (tmp_path / "a").write_bytes(content)
    refused = refusal(tmp_path / "a")
    assert (refused.code, "SVG or HTML" in refused.sentence) == ("not_image", True)


def test_other_formats(tmp_path):
    for form in ("GIF", "BMP", "TIFF", "ICO"):
        assert refusal(picture(tmp_path / "a", (600, 600), form)).code == "not_image"
    (tmp_path / "a").write_bytes(b"just words")
    assert refusal(tmp_path / "a").code == "not_image"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_truncated(tmp_path, form):
    whole = Image.effect_noise((700, 700), 80)
    whole.save(tmp_path / "a", form)
    content = (tmp_path / "a").read_bytes()
    (tmp_path / "a").write_bytes(content[: len(content) // 2])
    assert refusal(tmp_path / "a").code in ("damaged", "not_image")
