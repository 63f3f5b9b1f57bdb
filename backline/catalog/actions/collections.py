"""Collections: albums, EPs and packs of beats in an order."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from backline.catalog.covers import default_style
from backline.catalog.models import Beat, Collection, Entry
from backline.people.models import Artist


def create_collection(
    artist: Artist,
    *,
    name: str,
    kind: str,
    now: datetime,
    description: str = "",
    release_on: date | None = None,
    cover_style: str = "",
) -> Collection:
    """An empty private collection.

    Raises:
        ValueError: no name, or a kind that does not exist, said in a sentence.
    """
    if not name.strip():
        raise ValueError("A collection needs a name.")
    if kind not in Collection.Kind.values:
        raise ValueError(f"{kind} is not a kind of collection. Choose album, ep or pack.")
    return Collection.objects.create(
        artist=artist,
        name=name.strip(),
        kind=kind,
        description=description,
        release_on=release_on,
        cover_style=cover_style or default_style(name),
        created_at=now,
        updated_at=now,
    )


def add_to_collection(collection: Collection, *, beat: Beat, now: datetime) -> Entry:
    """Puts the beat last in the collection; one that is in it already stays where it is.

    Raises:
        ValueError: the beat belongs to another artist.
    """
    if beat.artist_id != collection.artist_id:
        raise ValueError("Only the artist's own beats can be added to a collection.")
    with transaction.atomic():
        last = collection.entries.aggregate(last=Max("position"))["last"]
        place = 0 if last is None else last + 1
        entry, created = Entry.objects.get_or_create(
            collection=collection, beat=beat, defaults={"position": place}
        )
        if created:
            Collection.objects.filter(pk=collection.pk).update(updated_at=now)
    return entry


def publish_collection(collection: Collection, *, now: datetime) -> Collection:
    """Makes the collection public; repeating it changes nothing. Beats that are not public stay hidden in it."""
    Collection.objects.filter(pk=collection.pk, state=Collection.State.PRIVATE).update(
        state=Collection.State.PUBLIC, updated_at=now
    )
    collection.refresh_from_db()
    return collection
