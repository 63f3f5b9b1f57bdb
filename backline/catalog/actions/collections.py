"""Collections: albums, EPs and packs of beats in an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from backline.catalog.actions.beats import TICK, EditedMeanwhile
from backline.catalog.actions.shelving import add_beats
from backline.catalog.covers import default_style
from backline.catalog.fields import LONGEST, InvalidFields
from backline.catalog.models import Beat, Collection, Entry, Genre
from backline.catalog.queries.credits import handles, others_called
from backline.domain.quality import MOST_GENRES
from backline.domain.tags import MOST_TAGS, distinct
from backline.people.models import Artist


@dataclass(frozen=True)
class CollectionFields:
    """What a person says of a collection. `genres` are slugs, `artists` handles of others than the own one.

    `scheduled_at` is when it becomes public, for the state "scheduled" only.
    """

    name: str
    kind: str
    description: str = ""
    release_on: date | None = None
    state: str = Collection.State.PRIVATE
    scheduled_at: datetime | None = None
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()

    def problems(self, *, now: datetime) -> dict[str, str]:
        """Field → what is wrong with it, in a sentence."""
        longest, unknown = (
            LONGEST["name"],
            f"{self.kind[:40]} is not a kind of collection. Choose album, ep or pack.",
        )
        is_kind, tags = self.kind in Collection.Kind.values, distinct(self.tags)
        checks = [
            (bool(self.name.strip()), "name", "A collection needs a name."),
            (len(self.name) <= longest, "name", f"A name has at most {longest} characters."),
            (is_kind, "kind", unknown),
            (
                len(self.description) <= LONGEST["description"],
                "description",
                f"A description has at most {LONGEST['description']:,} characters.",
            ),
            (self.state in Collection.State.values, "state", "Choose private, scheduled or public."),
            (len(set(self.genres)) <= MOST_GENRES, "genres", f"Choose at most {MOST_GENRES} genres."),
            (len(tags) <= MOST_TAGS, "tags", f"At most {MOST_TAGS} tags; these are {len(tags)}."),
        ]
        if self.state == Collection.State.SCHEDULED:
            at = self.scheduled_at
            checks.append((at is not None, "release_on", "A scheduled release needs a date."))
            is_past = at is not None and at <= now
            checks.append((not is_past, "release_on", "A release is scheduled for a time to come."))
        return {field: sentence for is_good, field, sentence in checks if not is_good}


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
    if problems := CollectionFields(name, kind, description, release_on).problems(now=now):
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
    if problems := fields.problems(now=now):
        raise InvalidFields(problems)
    with transaction.atomic():
        fresh = Collection.objects.kept().filter(pk=collection.pk, updated_at=seen_at)
        # Later than what was seen even on a clock that stands still, so that every save is a new version.
        if not fresh.update(**_columns(fields), updated_at=max(now, seen_at + TICK)):
            raise EditedMeanwhile
        collection.refresh_from_db()
        _name_genres_and_artists(collection, fields)
        _arrange(collection, list(dict.fromkeys(beat_ids)))
    return collection


def add_to_collection(collection: Collection, *, beat: Beat, now: datetime) -> None:
    """Puts the beat last in the collection; one that is in it already stays where it is.

    Raises:
        ValueError: the beat belongs to another artist.
    """
    if beat.artist_id != collection.artist_id:
        raise ValueError("Only the artist's own beats can be added to a collection.")
    add_beats(collection, beat_ids=[beat.pk], now=now)


def _columns(fields: CollectionFields) -> dict[str, object]:
    is_scheduled = fields.state == Collection.State.SCHEDULED
    return {
        "name": fields.name.strip(),
        "kind": fields.kind,
        "description": fields.description.strip(),
        "release_on": fields.release_on,
        "state": fields.state,
        "scheduled_at": fields.scheduled_at if is_scheduled else None,
        "tags": list(distinct(fields.tags)),
    }


def _name_genres_and_artists(collection: Collection, fields: CollectionFields) -> None:
    genres = list(Genre.objects.filter(slug__in=fields.genres))
    if unknown := set(fields.genres) - {genre.slug for genre in genres}:
        raise InvalidFields({"genres": f"There is no genre {', '.join(sorted(unknown))}."})
    named = handles(fields.artists)
    others = others_called(named, besides=collection.artist_id)
    if unknown := set(named) - {collection.artist.handle.lower()} - others.keys():
        raise InvalidFields({"artists": f"There is no artist @{', @'.join(sorted(unknown))}."})
    collection.genres.set(genres)
    collection.artists.set(others.values())


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
