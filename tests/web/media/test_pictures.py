"""Covers and avatars: stored ones, drawn ones, and addresses that name nothing."""

from __future__ import annotations

import pytest

from backline.catalog.covers import STYLES, cover_seed, generated_cover
from backline.core import files
from tests.web.media.client import get

FOLDER = "01957e2a-0000-7000-8000-000000000001"
SEED = cover_seed("ab" * 32, bytes(range(256)), genre="lo-fi")


@pytest.mark.parametrize("kind", ["cover", "avatar", "photo"])
def test_a_stored_picture(kind: str) -> None:
    files.write(f"{kind}s/{FOLDER}/320.webp", b"RIFF")
    answer = get(f"/media/{kind}/{FOLDER}/320.webp")
    assert (answer.status, answer.body) == (200, b"RIFF")
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("style", STYLES)
def test_a_drawn_cover(style: str) -> None:
    address = generated_cover(style, seed=SEED).small
    answer = get(address)
    assert answer.status == 200
    assert answer.body.startswith(b"<svg")
    assert get(address).body == answer.body
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_drawn_portrait() -> None:
    answer = get("/media/avatar/marlo-vane.svg")
    assert answer.body.startswith(b"<svg")
    assert get("/media/avatar/kit-nakagawa.svg").body != answer.body
    head = get("/media/avatar/marlo-vane.svg", method="HEAD")
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(answer.body)))


def test_a_picture_cannot_run_anything() -> None:
    headers = get("/media/avatar/marlo-vane.svg").headers
    assert headers["Content-Type"] == "image/svg+xml"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.mark.parametrize(
    "address",
    [
        "/media/",
        "/media/cover/",
        "/media/cover/none/any/0000000000000000.svg",
        f"/media/cover/{STYLES[0]}/any/00.svg",
        f"/media/cover/{STYLES[0]}/../any/0000000000000000.svg",
        f"/media/cover/{FOLDER}/320.webp",
        f"/media/cover/{FOLDER}/320.png",
        f"/media/cover/{FOLDER}/../../recordings/one/original.wav",
        f"/media/cover/{FOLDER}%2F..%2F..%2Fsecret.txt",
        "/media/cover/../secret.txt",
        "/media/cover/../../secret.txt",
        "/media/avatar/<script>.svg",
        "/media/avatar/" + "a" * 99 + ".svg",
        f"/media/avatar/{FOLDER}/320.webp%00",
        "/media/recordings/one/original.wav",
    ],
)
def test_what_names_no_picture_is_404(address: str) -> None:
    files.write("recordings/one/original.wav", b"secret")
    files.write("secret.txt", b"secret")
    answer = get(address)
    assert answer.status == 404
    assert b"secret" not in answer.body
