"""Files that come with letters and applications: told by content, and never unpacked to find out how large they are."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from backline.integrations import attachments
from backline.integrations.attachments import Refused, check_attachment


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head promises that many pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + chunk(b"IEND", b"")


def png_with_words() -> bytes:
    """A PNG of a few kilobytes whose description has ten million letters."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 20, 10, 8, 2, 0, 0, 0))
    words = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 10_000_000))
    return (
        b"\x89PNG\r\n\x1a\n" + head + words + chunk(b"IDAT", zlib.compress(bytes(610))) + chunk(b"IEND", b"")
    )


def zipped() -> bytes:
    """A thousand times as much inside as outside."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 10_000_000)
    return packed.getvalue()


def kept(tmp_path: Path, content: bytes) -> Path:
    place = tmp_path / "sent"
    place.write_bytes(content)
    return place


def test_a_picture_and_a_document_are_taken(tmp_path: Path):
    picture = io.BytesIO()
    Image.new("RGB", (20, 10)).save(picture, "PNG")
    assert check_attachment(kept(tmp_path, picture.getvalue()), "a.png") == "image/png"
    assert check_attachment(kept(tmp_path, b"%PDF-1.7 x"), "a.pdf") == "application/pdf"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (png_that_says(60_000, 60_000), "too large"),
        (zipped(), "no PDF, JPEG or PNG"),
        (gzip.compress(b"%PDF-1.7" + b"\0" * 10_000_000), "no PDF, JPEG or PNG"),
        (png_with_words(), "no PDF, JPEG or PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no PDF, JPEG or PNG"),
        (b"\x89PNG\r\n\x1a\n", "no PDF, JPEG or PNG"),
        (b"GIF89a\xff\xff\xff\xff", "no PDF, JPEG or PNG"),
        (b"<html>%PDF-1.7", "no PDF, JPEG or PNG"),
    ],
    ids=["empty", "pixels", "zip", "gzip", "words", "svg", "torn", "gif", "html"],
)
def test_a_bomb_is_refused_by_name_without_unpacking_it(
    tmp_path: Path, content: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
):
    def load(_self: Image.Image) -> None:
        raise AssertionError("its pixels were unpacked")

    monkeypatch.setattr(Image.Image, "load", load)
    with pytest.raises(Refused, match=reason) as refusal:
        check_attachment(kept(tmp_path, content), "x" * 300)
    assert len(str(refusal.value)) < 200


def test_a_huge_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(attachments, "MOST_BYTES", 5)
    with pytest.raises(Refused, match="at most"):
        check_attachment(kept(tmp_path, b"%PDF-1.7"), "a.pdf")
