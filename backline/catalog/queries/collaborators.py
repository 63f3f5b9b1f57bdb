"""Whom an artist made public beats with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from backline.catalog.models import Beat, Credit, Entry
from backline.people.models import Artist


@dataclass(frozen=True)
class Collaborator:
    """An artist with an accepted credit on public beats of this one, and those beats, the newest first."""

    artist: Artist
    beat_ids: tuple[int, ...]


def collaborators(artist_id: int) -> list[Collaborator]:
    """Who shares public beats with the artist, most beats first, then by name. Two queries."""
    shared: defaultdict[int, list[int]] = defaultdict(list)
    beats = Beat.objects.public().credited_to(artist_id).values("id")
    credits = Credit.objects.filter(beat__in=beats, state=Credit.State.ACCEPTED).exclude(artist=artist_id)
    for other_id, beat_id in credits.order_by("-beat_id").values_list("artist_id", "beat_id"):
        shared[other_id].append(beat_id)
    found = [
        Collaborator(artist, tuple(shared[artist.pk])) for artist in Artist.objects.filter(pk__in=shared)
    ]
    return sorted(found, key=lambda one: (-len(one.beat_ids), one.artist.name))


def collections_of(beat_ids: Iterable[int]) -> dict[int, str]:
    """The name of a collection each of these beats is in, the newest where there are several. One query."""
    rows = Entry.objects.filter(beat__in=list(beat_ids), collection__deleted_at=None).order_by("collection_id")
    return dict(rows.values_list("beat_id", "collection__name"))
