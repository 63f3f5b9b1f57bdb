"""What one press of a button on the collection form does to the order of its beats, and how all of it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import QueryDict

from backline.catalog import actions
from backline.catalog.models import Collection
from backline.domain.moving import moved
from backline.integrations.images import Crop
from backline.web.collection_form.forms import CollectionForm
from backline.web.cover_choice import change_cover, checked, crop_of
from backline.web.numbers import number_in, numbers_of

MOST_WORDS = 80


@dataclass(frozen=True)
class Sent:
    """What comes with the fields: the order of the beats, those ticked, the words looked for, the style of cover.

    `crop` is the square to keep of an uploaded picture, None for its middle.
    """

    order: list[int]
    ticked: list[int]
    words: str
    style: str
    crop: Crop | None = None


def sent(pressed: QueryDict) -> Sent:
    """What was sent beside the fields, after the pressed button did its part."""
    words = pressed.get("find", "")[:MOST_WORDS]
    style, crop = pressed.get("cover_style", ""), crop_of(pressed)
    return Sent(_ordered(pressed), numbers_of(pressed, "add"), words, style, crop)


def _ordered(pressed: QueryDict) -> list[int]:
    beat_ids = list(dict.fromkeys(numbers_of(pressed, "beat")))
    verb, _, what = pressed.get("action", "").partition(":")
    number = number_in(what) or 0
    if verb in ("up", "down"):
        return moved(beat_ids, number, step=-1 if verb == "up" else 1)
    if verb == "remove":
        return [beat_id for beat_id in beat_ids if beat_id != number]
    return list(dict.fromkeys([*beat_ids, *numbers_of(pressed, "add")])) if verb == "add" else beat_ids


def save(
    collection: Collection,
    form: CollectionForm,
    *,
    beside: Sent,
    cover: UploadedFile[Any] | None,
    zone: ZoneInfo,
    now: datetime,
) -> Collection:
    """Saves the fields, the beats and the cover together; hours are those of `zone`.

    Raises:
        EditedMeanwhile, InvalidFields, CoverRefused: nothing was saved.
    """
    pictures = checked(cover, crop=beside.crop)
    seen_at = form.cleaned_data["version"]
    with transaction.atomic():
        collection = actions.update_collection(
            collection, fields=form.values(zone), beat_ids=beside.order, seen_at=seen_at, now=now
        )
        return change_cover(collection, pictures=pictures, style=beside.style, now=now)


def said(action: str) -> str:
    """What the pressed button did, as a sentence."""
    sentences = {
        "up": "Moved up, and saved.",
        "down": "Moved down, and saved.",
        "remove": "Removed from the collection; the beat itself is still there. Saved.",
        "add": "Added, and saved.",
    }
    return sentences.get(action.partition(":")[0], "Saved.")
