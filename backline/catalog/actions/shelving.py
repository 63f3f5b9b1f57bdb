"""Several beats into a collection and out of it; and what a new beat takes over from its collection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from backline.catalog.actions.credits import invite_those_who_can
from backline.catalog.models import Beat, Collection, Entry, Tag


def add_beats(collection: Collection, *, beat_ids: Sequence[int], now: datetime) -> list[int]:
    """Puts the artist's own beats among these last in the collection, in this order; returns those new in it."""
    with transaction.atomic():
        collection = Collection.objects.select_for_update().get(pk=collection.pk)
        held = set(collection.entries.values_list("beat_id", flat=True))
        mine = Beat.objects.kept().filter(artist=collection.artist_id, pk__in=beat_ids)
        own = set(mine.values_list("pk", flat=True))
        new = [number for number in dict.fromkeys(beat_ids) if number in own and number not in held]
        last = collection.entries.aggregate(last=Max("position"))["last"]
        start = 0 if last is None else last + 1
        Entry.objects.bulk_create(
            Entry(collection=collection, beat_id=number, position=start + place)
            for place, number in enumerate(new)
        )
        if new:
            Collection.objects.filter(pk=collection.pk).update(updated_at=now)
    return new


def remove_beats(collection: Collection, *, beat_ids: Sequence[int], now: datetime) -> int:
    """Takes these beats out of the collection; the beats themselves stay. Returns how many were in it."""
    with transaction.atomic():
        removed, _ = collection.entries.filter(beat__in=beat_ids).delete()
        if removed:
            Collection.objects.filter(pk=collection.pk).update(updated_at=now)
    return removed


def take_over(beat: Beat, *, collection: Collection, now: datetime) -> None:
    """A new beat takes over its collection's genres and tags where it has none, and invites its artists."""
    with transaction.atomic():
        if not beat.genres.exists():
            beat.genres.set(collection.genres.all())
        if not beat.tags.exists():
            Tag.objects.bulk_create(
                Tag(beat=beat, name=name, position=place) for place, name in enumerate(collection.tags)
            )
        invite_those_who_can(beat, collection.artists.order_by("pk"), now=now)
