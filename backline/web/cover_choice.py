"""Choosing a cover on the forms of beats and collections: a picture of one's own, or one of the drawn styles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from backline.catalog import actions
from backline.catalog.actions.covers import Covered, Pictures
from backline.catalog.covers import STYLES, generated_cover
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


def checked(file: UploadedFile[Any] | None) -> Pictures | None:
    """What was uploaded, in every size; None for nothing.

    Raises:
        CoverRefused: it is not a picture we take.
    """
    return actions.check_cover(path_of(file), file_name=file.name or "") if file else None


def change_cover(owner: Covered, *, pictures: Pictures | None, style: str, now: datetime) -> Covered:
    """Gives it the uploaded picture, else the style where that is another one than it has."""
    if pictures is not None:
        return actions.set_cover(owner, cover=pictures, now=now)
    if style in STYLES and style != chosen_style(owner):
        return actions.choose_cover_style(owner, style=style)
    return owner
