"""Collections: albums, EPs and packs of beats in an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from backline.catalog.actions.beats import TICK, EditedMeanwhile
from backline.catalog.covers import default_style
from backline.catalog.fields import LONGEST, InvalidFields
from backline.catalog.models import Beat, Collection, Entry
from backline.people.models import Artist


@dataclass(frozen=True)
class CollectionFields:
    """What a person says of a collection."""

    name: str
    kind: str
    description: str = ""
    release_on: date | None = None
    public: bool = False

    def problems(self) -> dict[str, str]:
        """Field → what is wrong with it, in a sentence."""
        found = {}
        if not self.name.strip():
            found["name"] = "A collection needs a name."
        elif len(self.name) > LONGEST["name"]:
            found["name"] = f"A name has at most {LONGEST['name']} characters."
        if self.kind not in Collection.Kind.values:
            found["kind"] = f"{self.kind[:40]} is not a kind of collection. Choose album, ep or pack."
        if len(self.description) > LONGEST["description"]:
            found["description"] = f"A description has at most {LONGEST['description']:,} characters."
        return found


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
        InvalidFields: no name, or a kind that does not exist, said in a sentence.
    """
    fields = CollectionFields(name, kind, description, release_on)
    if problems := fields.problems():
        raise InvalidFields(problems)
    return Collection.objects.create(
        artist=artist,
        name=name.strip(),
        kind=kind,
        description=description.strip(),
        release_on=release_on,
        cover_style=cover_style or default_style(name),
        created_at=now,
        updated_at=now,
    )


def update_collection(
    collection: Collection,
    *,
    fields: CollectionFields,
    beat_ids: Sequence[int],
    seen_at: datetime,
    now: datetime,
) -> Collection:
    """Saves the form that was opened when the collection was last changed at `seen_at`: fields, and the beats in order.

    Raises:
        EditedMeanwhile: the collection was saved or deleted since.
        InvalidFields: a value that cannot be kept, or a beat that is not the artist's own.
    """
    if problems := fields.problems():
        raise InvalidFields(problems)
    state = Collection.State.PUBLIC if fields.public else Collection.State.PRIVATE
    with transaction.atomic():
        fresh = Collection.objects.kept().filter(pk=collection.pk, updated_at=seen_at)
        changed = fresh.update(
            name=fields.name.strip(),
            kind=fields.kind,
            description=fields.description.strip(),
            release_on=fields.release_on,
            state=state,
            # Later than what was seen even on a clock that stands still, so that every save is a new version.
            updated_at=max(now, seen_at + TICK),
        )
        if not changed:
            raise EditedMeanwhile
        collection.refresh_from_db()
        _arrange(collection, list(dict.fromkeys(beat_ids)))
    return collection


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


def delete_collections(artist: Artist, *, collection_ids: Sequence[int], now: datetime) -> int:
    """Takes these collections of the artist away; their beats stay. Returns how many there were to delete."""
    chosen = Collection.objects.kept().filter(artist=artist, pk__in=collection_ids)
    return chosen.update(deleted_at=now)


def _arrange(collection: Collection, beat_ids: list[int]) -> None:
    """Makes these the collection's beats, in this order; deleted beats keep their places."""
    known = {entry.beat_id: entry for entry in collection.entries.all()}
    own = set(
        Beat.objects.kept().filter(artist=collection.artist_id, pk__in=beat_ids).values_list("pk", flat=True)
    )
    if not own.issuperset(beat_ids):
        raise InvalidFields({"beats": "Only the artist's own beats can be added to a collection."})
    collection.entries.filter(beat__deleted_at=None).exclude(beat__in=beat_ids).delete()
    for place, beat_id in enumerate(beat_ids):
        if beat_id in known:
            known[beat_id].position = place
    moved = [known[beat_id] for beat_id in beat_ids if beat_id in known]
    Entry.objects.bulk_update(moved, ["position"])
    Entry.objects.bulk_create(
        [
            Entry(collection=collection, beat_id=beat_id, position=place)
            for place, beat_id in enumerate(beat_ids)
            if beat_id not in known
        ]
    )
