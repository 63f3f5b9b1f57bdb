"""An artist's whole catalogue, narrowed and put in order by the database; a page of it becomes cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add, or_

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Coalesce

from backline.catalog.models import Beat, BeatQuerySet, Credit, Entry, Tag
from backline.catalog.queries.cards import beats_of_artist
from backline.catalog.queries.search import matching_beats
from backline.core import sql
from backline.domain import quality

SINGLES = "singles"
SOLO, TOGETHER = "solo", "together"
OWN_ART, DRAWN_ART, NO_ART = "own", "drawn", "none"
ANY = "any"
REASONS = ("Artwork", "Genres", "BPM", "Key", "Scale", "Licensing", "Description", "Tags")
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
    licensing: str = ""
    artwork: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None


def narrowed(artist_id: int, by: Narrowing) -> BeatQuerySet:
    """The artist's own beats in any state and public ones with a credit, as far as they fit but for words."""
    beats = beats_of_artist(artist_id)
    if by.review:
        beats = beats.annotate(tag_count=_tag_count())
    for condition in (_fixed(by), _review(by.review), _credits(by.credits)):
        beats = beats.filter(condition)
    if by.collection == SINGLES:
        beats = beats.filter(~Exists(_placed()))
    elif by.collection.isdigit():
        beats = beats.filter(Exists(_placed().filter(collection_id=int(by.collection))))
    return beats


def matching_ids(artist_id: int, by: Narrowing, *, sort: str, descending: bool) -> list[int]:
    """The numbers of the artist's beats that fit, in the order of a column of `SORTS`."""
    ids = list(ids_in_order(narrowed(artist_id, by), sort=sort, descending=descending))
    if not by.words:
        return ids
    found = set(matching_beats(artist_id, by.words))
    return [number for number in ids if number in found]


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
    """Beats or collections with an own cover, with a drawn one, with none, or all of them."""
    drawn, nothing = ~Q(cover_style=""), Q(cover_key="", cover_style="")
    return {OWN_ART: ~Q(cover_key=""), DRAWN_ART: Q(drawn, cover_key=""), NO_ART: nothing}.get(choice, Q())


# My Beats asks this whatever it shows: see core/sql.py for why the ORM does not build it.
_STATES = (
    "SELECT state, COUNT(*) FROM catalog_beat WHERE artist_id = %s AND deleted_at IS NULL GROUP BY state"
)


_COLLECTIONS = (
    "SELECT id, name FROM catalog_collection WHERE artist_id = %s AND deleted_at IS NULL ORDER BY name"
)
_LAST_CHANGED = """
SELECT id FROM (
    SELECT * FROM (SELECT id, updated_at FROM catalog_beat WHERE artist_id = %s AND deleted_at IS NULL
                   ORDER BY updated_at DESC, id DESC LIMIT %s) own
    UNION ALL
    SELECT beat.id, beat.updated_at FROM catalog_credit credit CROSS JOIN catalog_beat beat
    WHERE credit.artist_id = %s AND credit.state = 'accepted' AND beat.id = credit.beat_id
      AND beat.artist_id <> credit.artist_id AND beat.state = 'public' AND beat.deleted_at IS NULL
) listed ORDER BY updated_at DESC, id DESC LIMIT %s OFFSET %s
"""


def last_changed_ids(artist_id: int, *, start: int, stop: int) -> list[int]:
    """The numbers of the artist's beats, the last changed first, from one place to before another: a page unasked."""
    return [n for (n,) in sql.rows(_LAST_CHANGED, artist_id, stop, artist_id, stop - start, start)]


def state_counts(artist_id: int, *, listed: int) -> list[tuple[str, int]]:
    """How many of the `listed` beats are in each state, as (label, number) in the states' order. One query.

    What is not the artist's own is listed because it is public.
    """
    counts = Counter(dict(sql.rows(_STATES, artist_id)))
    counts[Beat.State.PUBLIC.value] += listed - counts.total()
    return [(state.label, counts[state.value]) for state in Beat.State if counts[state.value] > 0]


def own_among(artist_id: int, beat_ids: Sequence[int]) -> list[int]:
    """Those of these beats that are the artist's own and not deleted, each once, in their order. One query."""
    own = Beat.objects.kept().filter(artist=artist_id, pk__in=beat_ids)
    mine = set(own.values_list("pk", flat=True))
    return [number for number in dict.fromkeys(beat_ids) if number in mine]


def open_to(artist_id: int, other_id: int) -> BeatQuerySet:
    """The artist's own beats on which another one is not named yet, the last changed first."""
    own = Beat.objects.kept().filter(artist=artist_id)
    return own.exclude(credits__artist=other_id).order_by("-updated_at", "-pk")


def collection_choices(artist_id: int) -> list[tuple[str, str]]:
    """The artist's collections as (number, name), by name."""
    return [(str(number), name) for number, name in sql.rows(_COLLECTIONS, artist_id)]


def _fixed(by: Narrowing) -> Q:
    condition = Q(state=by.state) if by.state else Q()
    if by.licensing:
        condition &= Q(licensing=by.licensing)
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
        "Artwork": artwork(NO_ART),
        "Genres": Q(~Exists(genres)),
        "BPM": Q(bpm=None),
        "Key": Q(key=None),
        "Scale": Q(scale=""),
        "Licensing": Q(licensing_complete=False),
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
