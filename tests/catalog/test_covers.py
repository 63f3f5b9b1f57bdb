"""Covers: uploaded, drawn, replaced."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from backline.catalog import actions
from backline.catalog.covers import STYLES, beat_cover, cover_seed, draw_cover
from backline.catalog.models import Beat
from backline.core import files
from tests.catalog.makers import make_draft, picture, stored_files
from tests.conftest import Cast


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return make_draft(cast.marlo, account=cast.alice, now=now)


def cover_of(tmp_path: Path) -> dict[int, bytes]:
    return dict(actions.check_cover(picture(tmp_path / "c.png"), file_name="c.png"))


def test_an_uploaded_cover_is_re_encoded_in_every_size(beat: Beat, now: datetime, tmp_path: Path):
    actions.set_cover(beat, cover=cover_of(tmp_path), now=now)
    folder = beat.cover_key.removeprefix("covers/")
    assert beat_cover(beat).medium == f"/media/cover/{folder}/320.webp"
    assert files.path(f"{beat.cover_key}/320.webp").read_bytes()[8:12] == b"WEBP"


def test_a_new_cover_replaces_the_files_of_the_old_one(
    beat: Beat, now: datetime, tmp_path: Path, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.set_cover(beat, cover=cover_of(tmp_path), now=now)
        actions.set_cover(beat, cover=cover_of(tmp_path), now=now)
    assert {key.rpartition("/")[0] for key in stored_files()} == {beat.cover_key}
    with django_capture_on_commit_callbacks(execute=True):
        actions.choose_cover_style(beat, style=STYLES[2], now=now)
    assert stored_files() == []
    assert beat_cover(Beat.objects.get(pk=beat.pk)).large.startswith(f"/media/cover/{STYLES[2]}/trap/")


def test_what_is_no_picture_is_refused_by_name_and_leaves_nothing(beat: Beat, tmp_path: Path):
    junk = tmp_path / "junk.png"
    junk.write_bytes(b"not a picture")
    with pytest.raises(actions.CoverRefused, match=r"holiday\.png"):
        actions.check_cover(junk, file_name="holiday.png")
    assert stored_files() == []


def test_an_unknown_style_is_refused(beat: Beat, now: datetime):
    with pytest.raises(ValueError, match="no cover style"):
        actions.choose_cover_style(beat, style="../../etc", now=now)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_draws_from_its_address_alone(style: str):
    seed = cover_seed("ab" * 32, bytes(range(256)), genre="trap")
    assert draw_cover(style, seed).startswith("<svg")
    assert draw_cover(style, seed) == draw_cover(style, seed)
    assert draw_cover(style, seed) != draw_cover(style, cover_seed("ab" * 32, None, genre="trap"))


@pytest.mark.parametrize(
    ("style", "seed"),
    [
        ("rings", ""),
        ("rings", "trap/xyz"),
        ("rings", "<svg>/0123456789abcdef"),
        ("nope", "trap/0123456789abcdef"),
    ],
)
def test_an_address_that_we_did_not_make_draws_nothing(style: str, seed: str):
    with pytest.raises(ValueError, match="no such cover"):
        draw_cover(style, seed)
