"""Choosing a cover on the forms of beats and collections: a picture of one's own, or one of the drawn styles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from backline.catalog import actions
from backline.catalog.actions.covers import Covered, Pictures
from backline.catalog.covers import STYLES, generated_cover
from backline.integrations.images import Crop
from backline.people.models import Account
from backline.web.upload.limits import path_of


@dataclass(frozen=True)
class Style:
    """A generated cover to choose."""

    name: str
    picture: str


def styles(seed: str) -> tuple[Style, ...]:
    """Every style, as it draws from `seed`."""
    return tuple(Style(name, generated_cover(name, seed=seed).medium) for name in STYLES)


def chosen_style(owner: Covered) -> str:
    """The style that is drawn now, empty for a picture of one's own."""
    return "" if owner.cover_key else owner.cover_style


def crop_of(sent: QueryDict) -> Crop | None:
    """The square that was chosen in the picture, in thousandths of its width; None for the middle."""
    numbers = [sent.get(f"crop_{name}", "") for name in ("x", "y", "side")]
    if not all(number.isascii() and number.isdigit() and len(number) < 7 for number in numbers):
        return None
    x, y, side = map(int, numbers)
    return Crop(x, y, side)


def checked(file: UploadedFile[Any] | None, *, crop: Crop | None = None) -> Pictures | None:
    """What was uploaded, in every size; None for nothing.

    Raises:
        CoverRefused: it is not a picture we take.
    """
    return actions.check_cover(path_of(file), file_name=file.name or "", crop=crop) if file else None


def change_cover(
    owner: Covered, *, pictures: Pictures | None, style: str, now: datetime, by: Account | None = None
) -> Covered:
    """Gives it the uploaded picture, else the style where that is another one than it has."""
    if pictures is not None:
        return actions.set_cover(owner, cover=pictures, now=now, by=by)
    if style in STYLES and style != chosen_style(owner):
        return actions.choose_cover_style(owner, style=style, now=now, by=by)
    return owner
