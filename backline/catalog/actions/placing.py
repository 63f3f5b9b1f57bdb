"""Which collections a beat is in, chosen from the beat's side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from backline.catalog.actions.collections import add_to_collection
from backline.catalog.actions.history import note_change
from backline.catalog.actions.shelving import remove_beats
from backline.catalog.models import Beat, Collection, Entry
from backline.people.models import Account


def place_beat(
    beat: Beat, *, collection_ids: Sequence[int], now: datetime, by: Account | None = None
) -> None:
    """Puts the beat into exactly these collections of its artist: last where it is new, and out of all others.

    Raises:
        ValueError: one of them is not there, or is another artist's.
    """
    with transaction.atomic():
        own = {one.pk: one for one in Collection.objects.kept().filter(artist=beat.artist_id)}
        if not own.keys() >= set(collection_ids):
            raise ValueError("There is no such collection of this artist.")
        entries = Entry.objects.filter(beat=beat, collection__in=own)
        before = set(entries.values_list("collection_id", flat=True))
        for gone in before - set(collection_ids):
            remove_beats(own[gone], beat_ids=[beat.pk], now=now)
        for number in collection_ids:
            if number not in before:
                add_to_collection(own[number], beat=beat, now=now)
        was, will_be = (
            ", ".join(sorted(own[number].name for number in some)) for some in (before, collection_ids)
        )
        note_change(beat, "collections", was, will_be, by=by, now=now)
