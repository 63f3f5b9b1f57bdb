"""The wide picture over a profile: kept in two sizes, shown with its words, taken away again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from backline.catalog.queries.orphans import orphan_folders
from backline.core import files
from backline.people import actions
from tests.conftest import Cast

PATH = "/backstage/profile/cover/?artist=marlo-vane"


def wide(width: int = 2000, height: int = 600) -> SimpleUploadedFile:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    content = BytesIO()
    image.save(content, "PNG")
    return SimpleUploadedFile("wide.png", content.getvalue())


def kept(folder: str, size: int) -> Image.Image:
    """The stored picture of that width."""
    return Image.open(BytesIO(files.path(f"{folder}/{size}.webp").read_bytes())).convert("RGB")


def send(cast: Cast, **fields: object) -> str:
    """What the page says after the cover's form was sent by Bob, a manager."""
    return cast.client("bob").post(PATH, fields, follow=True).content.decode()


def shown(cast: Cast, address: str = "/@marlo-vane/") -> str:
    return cast.client("visitor").get(address).content.decode()


def test_a_cover_stands_over_the_profile_with_its_words(cast: Cast):
    assert 'class="banner"' not in shown(cast)
    assert "New cover saved." in send(cast, banner=wide(), shows="A harbour <at night>")
    cast.marlo.refresh_from_db()
    folder = cast.marlo.banner_key
    for size in (800, 1600):
        assert kept(folder, size).size == (size, size // 4)
    page, address = shown(cast), f"/media/banner/{folder.partition('/')[2]}"
    assert f'src="{address}/1600.webp"' in page and f"{address}/800.webp 800w" in page
    assert 'alt="A harbour &lt;at night&gt;"' in page
    assert f'<meta property="og:image" content="http://testserver{address}/1600.webp"' in page


def test_the_chosen_part_is_kept(cast: Cast):
    send(cast, banner=wide(), crop_x="500", crop_y="0", crop_side="500")
    cast.marlo.refresh_from_db()
    picture = kept(cast.marlo.banner_key, 1600)
    red, _, blue = picture.resize((1, 1), Image.Resampling.BOX).tobytes()
    assert picture.size == (1000, 250) and blue > 200 > red


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (wide(900, 900), "a profile&#39;s cover needs at least 1,000 by 250"),
        (wide(1200, 200), "a profile&#39;s cover needs at least 1,000 by 250"),
        (SimpleUploadedFile("a.png", b"<svg/>"), "by its content it is SVG or HTML"),
        (None, "Choose a picture first."),
    ],
)
def test_what_is_no_cover_is_refused_in_words(cast: Cast, file: SimpleUploadedFile | None, words: str):
    assert words in send(cast, **({"banner": file} if file else {}))
    cast.marlo.refresh_from_db()
    assert cast.marlo.banner_key == ""


def test_its_words_change_alone_and_it_is_taken_away(cast: Cast, django_capture_on_commit_callbacks):
    send(cast, banner=wide(), shows="Boats")
    assert "Saved what the cover shows." in send(cast, shows="Ships")
    assert 'alt="Ships"' in shown(cast)
    cast.marlo.refresh_from_db()
    folder = cast.marlo.banner_key
    with django_capture_on_commit_callbacks(execute=True):
        assert "The cover is gone." in send(cast, remove="1")
    assert 'class="banner"' not in shown(cast) and not files.path(folder).exists()


def test_the_sweep_keeps_it_and_closing_the_profile_removes_it(
    cast: Cast, now: datetime, django_capture_on_commit_callbacks
):
    send(cast, banner=wide())
    files.write("banners/orphan/800.webp", b"x")
    assert orphan_folders(before=datetime.now(UTC) + timedelta(days=1)) == ["banners/orphan"]
    cast.marlo.refresh_from_db()
    folder = cast.marlo.banner_key
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_artist(cast.marlo, by=cast.alice, now=now)
    cast.marlo.refresh_from_db()
    assert cast.marlo.banner_key == "" and not files.path(folder).exists()


@pytest.mark.parametrize(("name", "status"), [("ada", 403), ("charlie", 404)])
def test_only_who_edits_changes_it(cast: Cast, name: str, status: int):
    assert cast.client(name).post(PATH, {"banner": wide()}).status_code == status
