"""The part that a person chose of a picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from backline.integrations import images
from backline.integrations.images import Crop


def wide(path: Path, *, exif: Image.Exif | None = None) -> Path:
    """Red on the left, blue on the right, 1200 by 600."""
    image = Image.new("RGB", (1200, 600), "red")
    image.paste("blue", (600, 0, 1200, 600))
    image.save(path, "JPEG", quality=95, exif=exif or Image.Exif())
    return path


def kept(path: Path, crop: Crop | None) -> tuple[int, tuple[int, int, int]]:
    """The side of the largest size, and its mean colour."""
    image = Image.open(BytesIO(images.check_cover(path, "a", crop=crop)[800])).convert("RGB")
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).tobytes()
    return image.width, (red, green, blue)


@pytest.mark.parametrize(
    ("crop", "blue"),
    [
        (Crop(0, 0, 500), False),
        (Crop(500, 0, 500), True),
        (Crop(9_999, 9_999, 500), True),
        (Crop(0, 0, 999_999), False),
        (Crop(0, 0, 0), False),
    ],
)
def test_the_chosen_part_is_kept_and_one_that_does_not_fit_is_moved_inside(
    tmp_path: Path, crop: Crop, blue: bool
):
    side, (red, _, mean_blue) = kept(wide(tmp_path / "a"), crop)
    assert (mean_blue > 200 > red) if blue else (red > 200 > mean_blue)
    assert 500 <= side <= 600


def test_a_turned_picture_is_cropped_as_it_is_seen(tmp_path: Path):
    exif = Image.Exif()
    exif[0x0112] = 6  # seen upright it is 600 by 1200, red above
    path = wide(tmp_path / "a", exif=exif)
    assert kept(path, Crop(0, 1000, 1000))[1][2] > 200
    assert kept(path, Crop(0, 0, 1000))[1][0] > 200


def test_of_an_animation_the_first_frame_is_kept(tmp_path: Path):
    frames = [Image.new("RGB", (600, 600), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a", "WEBP", save_all=True, append_images=frames[1:], duration=100)
    assert kept(tmp_path / "a", None)[1][0] > 200


def test_a_wide_part_of_a_turned_picture_is_measured_as_it_is_seen(tmp_path: Path):
    exif = Image.Exif()
    exif[0x0112] = 6  # seen upright it is 600 by 1200: too narrow
    with pytest.raises(images.Refused, match="600 by 1,200"):
        images.check_cover(wide(tmp_path / "a", exif=exif), "a", shape=images.WIDE)
    made = images.check_cover(wide(tmp_path / "b"), "b", sizes=(800, 1600), shape=images.WIDE)
    assert [Image.open(BytesIO(made[size])).size for size in (800, 1600)] == [(800, 200), (1200, 300)]
