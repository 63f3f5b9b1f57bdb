"""The facts that XP and achievements derive from, for many artists at once: the catalogue, the profile, its members.

What those two read from the tables of the layers below is read here and in the other `facts_` files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, Length

from backline.catalog.models import Beat, Credit, Genre, Tag
from backline.core.portions import portions
from backline.domain import quality
from backline.domain.xp import BeatFacts
from backline.people.models import Artist, Link, Member, Photo


@dataclass(frozen=True)
class OwnBeat:
    """A beat with what achievements ask of it. `completeness` in percent, `genres` are slugs."""

    facts: BeatFacts
    completeness: int
    genres: tuple[str, ...]


@dataclass(frozen=True)
class ArtistFacts:
    """An artist's profile and all kept beats with an accepted credit of it.

    `strangers_at` has, for each public beat with an accepted artist who shares no member with this one, when the beat
    was public and both had accepted.
    """

    artist_id: int
    joined_at: datetime
    has_photo: bool
    has_bio: bool
    links: int
    photos: int
    beats: tuple[OwnBeat, ...]
    strangers_at: tuple[datetime, ...]


class _Accepted(NamedTuple):
    artist_id: int
    at: datetime


def artist_facts(artist_ids: Sequence[int]) -> dict[int, ArtistFacts]:
    """The facts of these artists. Seven queries for any number of them."""
    rows = list(_beat_rows(artist_ids))
    accepted = _accepted({row["beat_id"] for row in rows})
    named = {each.artist_id for credits in accepted.values() for each in credits}
    teams = _teams(named | set(artist_ids))
    genres = _genres({row["beat_id"] for row in rows})
    found: dict[int, list[OwnBeat]] = defaultdict(list)
    strangers: dict[int, list[datetime]] = defaultdict(list)
    for row in rows:
        beat = _own_beat(row, accepted[row["beat_id"]], genres.get(row["beat_id"], ()))
        found[row["artist_id"]].append(beat)
        if (at := _with_stranger(row["artist_id"], beat.facts, accepted[row["beat_id"]], teams)) is not None:
            strangers[row["artist_id"]].append(at)
    shown = {kind: _counts(kind, artist_ids) for kind in (Link, Photo)}
    return {
        artist.pk: ArtistFacts(
            artist_id=artist.pk,
            joined_at=artist.created_at,
            has_photo=bool(artist.avatar_key),
            has_bio=bool(artist.bio.strip()),
            links=shown[Link].get(artist.pk, 0),
            photos=shown[Photo].get(artist.pk, 0),
            beats=tuple(found[artist.pk]),
            strangers_at=tuple(sorted(strangers[artist.pk])),
        )
        for artist in Artist.objects.filter(pk__in=artist_ids)
    }


def eligible_artists() -> set[int]:
    """Artists who are ranked against each other: in good standing, without a member of the platform's staff."""
    staffed = Member.objects.filter(account__is_staff=True).values("artist_id")
    artists = Artist.objects.filter(revoked_at__isnull=True).exclude(pk__in=staffed)
    return set(artists.values_list("pk", flat=True))


def founders(count: int) -> dict[int, int]:
    """The first artists of the installation, numbered from 1."""
    first = Artist.objects.order_by("created_at", "id").values_list("pk", flat=True)[:count]
    return {artist_id: number for number, artist_id in enumerate(first, 1)}


def published_at(artist_id: int, number: int) -> datetime | None:
    """When the artist's own public beat of this number, counted by first publication from 1, came out."""
    beats = Beat.objects.public().filter(artist_id=artist_id, first_published_at__isnull=False)
    instants = beats.order_by("first_published_at").values_list("first_published_at", flat=True)
    return next(iter(instants[number - 1 : number]), None)


def public_beats() -> Iterator[tuple[int, int]]:
    """Every public beat and its own artist."""
    return Beat.objects.public().values_list("pk", "artist_id").iterator(chunk_size=10_000)


def public_genres() -> Iterator[tuple[int, str]]:
    """Every public beat with each of its genres, as slugs."""
    genres = Genre.objects.in_bulk()
    rows = Beat.genres.through.objects.filter(beat__in=Beat.objects.public().values("pk"))
    for beat_id, genre_id in rows.values_list("beat_id", "genre_id").iterator(chunk_size=10_000):
        yield beat_id, genres[genre_id].slug


def _counts(kind: type[Link | Photo], artist_ids: Sequence[int]) -> dict[int, int]:
    rows = kind._default_manager.filter(artist_id__in=artist_ids).order_by()
    return dict(rows.values_list("artist_id").annotate(n=Count("pk")))


def _beat_rows(artist_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    tags = Tag.objects.filter(beat=OuterRef("beat_id")).order_by().values("beat").annotate(n=Count("id"))
    credits = Credit.objects.filter(
        artist_id__in=artist_ids, state=Credit.State.ACCEPTED, beat__deleted_at__isnull=True
    )
    rows = (
        credits.annotate(
            tag_count=Coalesce(Subquery(tags.values("n")), 0), described=Length("beat__description")
        )
        .order_by("beat_id")
        .values(
            "artist_id", "beat_id", "beat__artist_id", "beat__state", "beat__artist__revoked_at",
            "beat__first_published_at", "beat__updated_at", "beat__bpm", "beat__key", "beat__scale",
            "tag_count", "described", "answered_at",
        )
        .iterator(chunk_size=5000)
    )  # fmt: skip
    return cast(Iterator[dict[str, Any]], rows)


def _accepted(beat_ids: set[int]) -> Mapping[int, list[_Accepted]]:
    found: dict[int, list[_Accepted]] = defaultdict(list)
    for some in portions(sorted(beat_ids)):
        credits = Credit.objects.filter(beat_id__in=some, state=Credit.State.ACCEPTED)
        for beat_id, artist_id, answered, invited in credits.values_list(
            "beat_id", "artist_id", "answered_at", "invited_at"
        ):
            found[beat_id].append(_Accepted(artist_id, answered or invited))
    return found


def _teams(artist_ids: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for some in portions(sorted(artist_ids)):
        for artist_id, account_id in Member.objects.filter(artist_id__in=some).values_list(
            "artist_id", "account_id"
        ):
            found[artist_id].add(account_id)
    return found


def _genres(beat_ids: set[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for some in portions(sorted(beat_ids)):
        rows = Beat.genres.through.objects.filter(beat_id__in=some).values_list("beat_id", "genre__slug")
        for beat_id, slug in rows:
            found[beat_id].append(slug)
    return {beat_id: tuple(slugs) for beat_id, slugs in found.items()}


def _own_beat(row: dict[str, Any], accepted: list[_Accepted], genres: tuple[str, ...]) -> OwnBeat:
    details = quality.Details(
        bpm=row["beat__bpm"],
        key=row["beat__key"],
        scale=row["beat__scale"],
        description="x" * bool(row["described"]),
        tags=row["tag_count"],
    )
    completeness = quality.completeness(details)
    own_at = row["answered_at"] or row["beat__updated_at"]
    second = sorted(each.at for each in accepted)[1:2]
    facts = BeatFacts(
        beat_id=row["beat_id"],
        own=row["beat__artist_id"] == row["artist_id"],
        public=row["beat__state"] == Beat.State.PUBLIC and row["beat__artist__revoked_at"] is None,
        first_published_at=row["beat__first_published_at"],
        complete=completeness == 100,
        changed_at=row["beat__updated_at"],
        accepted=len(accepted),
        accepted_at=max(own_at, *second) if second else None,
    )
    return OwnBeat(facts, completeness, genres)


def _with_stranger(
    artist_id: int, beat: BeatFacts, accepted: list[_Accepted], teams: dict[int, set[int]]
) -> datetime | None:
    """When a public beat had an accepted artist besides this one who shares no member with it."""
    if not beat.public or beat.first_published_at is None:
        return None
    own = next(each.at for each in accepted if each.artist_id == artist_id)
    others = [
        each.at
        for each in accepted
        if each.artist_id != artist_id and not teams[each.artist_id] & teams[artist_id]
    ]
    return max(beat.first_published_at, own, min(others)) if others else None
