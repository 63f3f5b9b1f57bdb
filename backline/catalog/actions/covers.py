"""Covers of beats and collections: an uploaded picture, re-encoded, or a style that draws one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from backline.catalog.actions.history import note_change
from backline.catalog.covers import STYLES
from backline.catalog.models import Beat, Collection
from backline.core import files
from backline.core.ids import uuid7
from backline.integrations import images
from backline.people.models import Account

Pictures = Mapping[int, bytes]
"""A square picture: WebP by the length of its side in pixels."""
Covered = TypeVar("Covered", Beat, Collection)


class CoverRefused(Exception):
    """The picture is not one we take; the text names the file and the reason."""


def check_cover(path: Path, *, file_name: str, crop: images.Crop | None = None) -> Pictures:
    """An uploaded picture made anew from its pixels, square, in every size; `crop`: which square. Writes nothing.

    Raises:
        CoverRefused: not a picture, too small, too large, or one that would need too much memory.
    """
    try:
        return images.check_cover(path, file_name, crop=crop)
    except images.Refused as refusal:
        raise CoverRefused(refusal.sentence) from refusal


def set_cover(owner: Covered, *, cover: Pictures, now: datetime, by: Account | None = None) -> Covered:
    """Gives a beat or collection an uploaded cover in place of what it had."""
    folder = f"covers/{uuid7(now)}"
    before = owner.cover_key
    files.write_folder(folder, {f"{size}.webp": content for size, content in cover.items()})
    try:
        type(owner).objects.filter(pk=owner.pk).update(cover_key=folder)
    except BaseException:
        files.remove_folder(folder)
        raise
    _forget(before)
    _note(owner, _named(before, owner.cover_style), "own picture, new", by=by, now=now)
    owner.cover_key = folder
    return owner


def choose_cover_style(owner: Covered, *, style: str, now: datetime, by: Account | None = None) -> Covered:
    """Has the cover drawn in one of `STYLES`; an uploaded one is removed.

    Raises:
        ValueError: no such style.
    """
    if style not in STYLES:
        raise ValueError(f"There is no cover style {style[:40]}.")
    before = owner.cover_key
    type(owner).objects.filter(pk=owner.pk).update(cover_key="", cover_style=style)
    _forget(before)
    _note(owner, _named(before, owner.cover_style), style, by=by, now=now)
    owner.cover_key, owner.cover_style = "", style
    return owner


def _named(cover_key: str, style: str) -> str:
    return "own picture" if cover_key else style


def _note(owner: Covered, before: str, after: str, *, by: Account | None, now: datetime) -> None:
    if isinstance(owner, Beat):
        note_change(owner, "cover", before, after, by=by, now=now)


def _forget(folder: str) -> None:
    if folder:
        transaction.on_commit(lambda: files.remove_folder(folder))
