"""An artist's collections, narrowed, counted and put in order by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q

from backline.catalog.models import Beat, Collection, CollectionQuerySet, Credit, Entry
from backline.catalog.queries.catalogue import artwork, order
from backline.catalog.queries.collections import Outline
from backline.catalog.queries.search import matching_collections
from backline.people.models import Artist

REVIEW, UPCOMING, RELEASED, EMPTY = "review", "upcoming", "released", "empty"
SORTS = {"name": "name", "type": "kind", "released": "release_on", "beats": "held", "updated": "updated_at"}
_HELD = Count("entries", filter=Q(entries__beat__deleted_at=None))


@dataclass(frozen=True)
class Narrowing:
    """What narrows the list; empty means everything. `show` is one of the four groups, `artist` a handle."""

    today: date
    words: str = ""
    show: str = ""
    artwork: str = ""
    artist: str = ""
    created_from_at: datetime | None = None
    created_until_at: datetime | None = None
    updated_from_at: datetime | None = None
    updated_until_at: datetime | None = None


def narrowed(artist_id: int, by: Narrowing) -> CollectionQuerySet:
    """The artist's collections as far as they fit."""
    condition = Q(pk__in=matching_collections(artist_id, by.words)) if by.words else Q()
    if by.show:
        condition &= groups(by.today)[by.show]
    condition &= artwork(by.artwork)
    if by.artist:
        condition &= _with(by.artist)
    for field, instant in (
        ("created_at__gte", by.created_from_at),
        ("created_at__lt", by.created_until_at),
        ("updated_at__gte", by.updated_from_at),
        ("updated_at__lt", by.updated_until_at),
    ):
        if instant:
            condition &= Q(**{field: instant})
    return Collection.objects.kept().filter(condition, artist=artist_id)


def ids_in_order(collections: CollectionQuerySet, *, sort: str, descending: bool) -> list[int]:
    """Their numbers in the order of a column of `SORTS`, unknown values last. One query."""
    if sort == "beats":
        collections = collections.annotate(held=_HELD)
    ordered = collections.order_by(*order(SORTS[sort], descending=descending))
    return list(ordered.values_list("id", flat=True))


def group_counts(artist_id: int, *, today: date) -> dict[str, int]:
    """How many of the artist's collections are in each group, and under "" how many there are. One query."""
    counts = {name: Count("pk", filter=condition) for name, condition in groups(today).items()}
    mine = Collection.objects.kept().filter(artist=artist_id)
    found: dict[str, int] = mine.aggregate(everything=Count("pk"), **counts)
    return {"": found.pop("everything"), **found}


def groups(today: date) -> dict[str, Q]:
    """Each group's condition. A collection may be in several; a public one without a date is released."""
    kept = Entry.objects.filter(collection=OuterRef("pk"), beat__deleted_at=None)
    drafts = Q(Exists(kept.exclude(beat__state=Beat.State.PUBLIC)), state=Collection.State.PUBLIC)
    come = Q(release_on=None) | Q(release_on__lte=today)
    return {
        REVIEW: Q(description="") | Q(release_on=None) | drafts,
        UPCOMING: Q(release_on__gt=today) | Q(state=Collection.State.SCHEDULED),
        RELEASED: Q(come, state=Collection.State.PUBLIC),
        EMPTY: Q(~Exists(kept)),
    }


def next_release(collections: Sequence[Outline], *, today: date) -> int | None:
    """The collection that comes out next, else the one that came out last; None where no date is set."""
    dated = [(one.release_on, one.id, one.is_public) for one in collections if one.release_on is not None]
    coming = min(((on, number) for on, number, _ in dated if on > today), default=None)
    latest = max(((on, number) for on, number, public in dated if public and on <= today), default=None)
    found = coming or latest
    return found[1] if found else None


def made_since(collections: Sequence[Outline], *, since: datetime) -> list[int]:
    """The collections made since then, the newest first."""
    made = [(one.created_at, one.id) for one in collections if one.created_at >= since]
    return [number for _, number in sorted(made, reverse=True)]


def artists_on(artist_id: int) -> list[tuple[str, str]]:
    """Everybody named on these collections or credited on a beat of one, as (handle, name), by name."""
    entries = Entry.objects.filter(
        collection__artist=artist_id, collection__deleted_at=None, beat__deleted_at=None
    )
    credits = Credit.objects.filter(beat__in=entries.values("beat"), state=Credit.State.ACCEPTED)
    named = Collection.artists.through.objects.filter(
        collection__artist=artist_id, collection__deleted_at=None
    )
    known = Q(pk__in=credits.values("artist")) | Q(pk__in=named.values("artist"))
    return list(Artist.objects.filter(known).order_by("name", "pk").values_list("handle", "name"))


def _with(handle: str) -> Q:
    """Collections that name that artist, or hold a beat on which it is credited."""
    credited = Credit.objects.filter(artist__handle=handle, state=Credit.State.ACCEPTED).values("beat")
    named = Collection.artists.through.objects.filter(collection=OuterRef("pk"), artist__handle=handle)
    return Q(Exists(named)) | Q(
        Exists(Entry.objects.filter(collection=OuterRef("pk"), beat__in=credited, beat__deleted_at=None))
    )
