"""An artist's whole catalogue, narrowed and put in order by the database; a page of it becomes cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add, or_

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Coalesce

from backline.catalog.models import Beat, BeatQuerySet, Collection, Credit, Entry, Tag
from backline.catalog.queries.cards import LISTED, beats_of_artist
from backline.core import sql
from backline.domain import quality

SINGLES = "singles"
SOLO, TOGETHER = "solo", "together"
OWN_ART, DRAWN_ART = "own", "drawn"
ANY = "any"
REASONS = ("Genres", "BPM", "Key", "Scale", "Description", "Tags")
SORTS = {
    "name": "name",
    "bpm": "bpm",
    "length": "recording__duration_ms",
    "completeness": "percent",
    "state": "state",
    "published": "first_published_at",
    "updated": "updated_at",
}


@dataclass(frozen=True)
class Narrowing:
    """What narrows the list; empty means everything. `collection` is a number or "singles", `genre` a slug."""

    words: str = ""
    state: str = ""
    review: str = ""
    collection: str = ""
    credits: str = ""
    genre: str = ""
    artwork: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None


@dataclass(frozen=True)
class BeatFacts:
    """What My Beats says of a beat beside its card. `reasons` are why it needs review, empty when it does not."""

    own: bool
    percent: int
    reasons: tuple[str, ...]


def narrowed(artist_id: int, by: Narrowing) -> BeatQuerySet:
    """The artist's own beats in any state and public ones with a credit, as far as they fit."""
    beats = beats_of_artist(artist_id)
    if by.review:
        beats = beats.annotate(tag_count=_tag_count())
    for condition in (_words(by.words), _fixed(by), _review(by.review), _credits(by.credits)):
        beats = beats.filter(condition)
    if by.collection == SINGLES:
        beats = beats.filter(~Exists(_placed()))
    elif by.collection.isdigit():
        beats = beats.filter(Exists(_placed().filter(collection_id=int(by.collection))))
    return beats


def ids_in_order(beats: BeatQuerySet, *, sort: str, descending: bool) -> QuerySet[Beat, int]:
    """The beats' numbers in the order of a column of `SORTS`, unknown values last; slice it for a page."""
    if sort == "completeness":
        beats = beats.annotate(tag_count=_tag_count()).annotate(percent=_percent())
    return beats.order_by(*order(SORTS[sort], descending=descending)).values_list("id", flat=True)


def order(column: str, *, descending: bool) -> tuple[OrderBy, str]:
    """What puts rows in the order of a column, unknown values last in either direction."""
    by = F(column)
    return (by.desc(nulls_last=True), "-id") if descending else (by.asc(nulls_last=True), "id")


def artwork(choice: str) -> Q:
    """Beats or collections with an own cover, with a drawn one, or all of them."""
    return {OWN_ART: ~Q(cover_key=""), DRAWN_ART: Q(cover_key="")}.get(choice, Q())


def facts_of_beats(artist_id: int, beat_ids: Sequence[int]) -> dict[int, BeatFacts]:
    """Completeness and reasons of these beats, and whether they are the artist's own. One query."""
    beats = Beat.objects.filter(pk__in=beat_ids).annotate(
        genre_count=Count("genres", distinct=True), tag_count=Count("tags", distinct=True)
    )
    columns = ("id", "artist_id", "genre_count", "bpm", "key", "scale", "description", "tag_count")
    found = {}
    for number, owner, genres, bpm, key, scale, description, tags in beats.values_list(*columns):
        details = quality.Details(
            genres=genres, bpm=bpm, key=key, scale=scale, description=description, tags=tags, has_cover=True
        )
        reasons = quality.review_reasons(details)
        found[number] = BeatFacts(owner == artist_id, quality.completeness(details), reasons)
    return found


# My Beats asks these whatever it shows: see core/sql.py for why the ORM does not build them.
_FIELDS = """
SELECT beat.id, beat.name, beat.bpm, beat.key, beat.scale, beat.description,
    (SELECT COUNT(*) FROM catalog_tag tag WHERE tag.beat_id = beat.id)
FROM catalog_beat beat JOIN people_artist artist ON artist.id = beat.artist_id
WHERE beat.artist_id = %s AND beat.deleted_at IS NULL AND beat.state = 'public' AND artist.revoked_at IS NULL
ORDER BY beat.id
"""
_GENRES = f"""
SELECT slug, name FROM catalog_genre WHERE id IN (
    SELECT used.genre_id FROM catalog_beat_genres used JOIN catalog_beat beat ON beat.id = used.beat_id
    WHERE {LISTED})
ORDER BY name
"""


def unfinished(artist_id: int) -> list[tuple[int, str, tuple[str, ...]]]:
    """The artist's own public beats that are not complete: number, name, what they lack of the five. One query."""
    found = []
    for number, name, bpm, key, scale, description, tags in sql.rows(_FIELDS, artist_id):
        details = quality.Details(bpm=bpm, key=key, scale=scale, description=description, tags=tags)
        lacks = tuple(reason for reason in quality.review_reasons(details) if reason in REASONS[1:])
        if lacks:
            found.append((number, name, lacks))
    return found


def collection_choices(artist_id: int) -> list[tuple[str, str]]:
    """The artist's collections as (number, name), by name."""
    rows = Collection.objects.kept().filter(artist_id=artist_id).order_by("name").values_list("id", "name")
    return [(str(number), name) for number, name in rows]


def genres_in_use(artist_id: int) -> list[tuple[str, str]]:
    """The genres of the listed beats as (slug, name), by name."""
    return [(slug, name) for slug, name in sql.rows(_GENRES, *[artist_id] * 3)]


def _words(words: str) -> Q:
    """Words in the name, a tag, or an accepted artist's name."""
    if not words:
        return Q()
    tagged = Tag.objects.filter(beat=OuterRef("pk"), name__icontains=words)
    named = Credit.objects.filter(
        beat=OuterRef("pk"), state=Credit.State.ACCEPTED, artist__name__icontains=words
    )
    return Q(name__icontains=words) | Q(Exists(tagged)) | Q(Exists(named))


def _fixed(by: Narrowing) -> Q:
    condition = Q(state=by.state) if by.state else Q()
    if by.genre:
        condition &= Q(Exists(Beat.genres.through.objects.filter(beat=OuterRef("pk"), genre__slug=by.genre)))
    condition &= artwork(by.artwork)
    if by.from_at:
        condition &= Q(created_at__gte=by.from_at)
    if by.until_at:
        condition &= Q(created_at__lt=by.until_at)
    return condition


def _credits(credits: str) -> Q:
    others = Credit.objects.filter(beat=OuterRef("pk"), state=Credit.State.ACCEPTED).exclude(
        artist=OuterRef("artist")
    )
    return {SOLO: Q(~Exists(others)), TOGETHER: Q(Exists(others))}.get(credits, Q())


def _review(reason: str) -> Q:
    """Beats with that reason for review, or with one at all for "any"; they must have `tag_count`."""
    genres = Beat.genres.through.objects.filter(beat=OuterRef("pk"))
    lacking = {
        "Genres": Q(~Exists(genres)),
        "BPM": Q(bpm=None),
        "Key": Q(key=None),
        "Scale": Q(scale=""),
        "Description": Q(description=""),
        "Tags": Q(tag_count__lt=quality.ENOUGH_TAGS),
    }
    if reason == ANY:
        return reduce(or_, lacking.values())
    return lacking.get(reason, Q())


def _placed() -> QuerySet[Entry]:
    """A beat's places in collections that were not deleted."""
    return Entry.objects.filter(beat=OuterRef("pk"), collection__deleted_at=None)


def _tag_count() -> Coalesce:
    tags = Tag.objects.filter(beat=OuterRef("pk")).order_by().values("beat").annotate(many=Count("*"))
    return Coalesce(Subquery(tags.values("many")[:1]), 0)


def _percent() -> Combinable:
    """Completeness in SQL, as `quality.completeness` has it; the beats must have `tag_count`."""
    filled = (
        Q(bpm__isnull=False),
        Q(key__isnull=False),
        ~Q(scale=""),
        ~Q(description=""),
        Q(tag_count__gte=quality.ENOUGH_TAGS),
    )
    return reduce(add, (Case(When(one, then=Value(20)), default=Value(0)) for one in filled))
