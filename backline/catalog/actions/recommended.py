"""Recommendations are kept for a day; an artist may take itself out of everybody's."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from backline.catalog.models import NotRecommended, Recommended
from backline.catalog.queries.recommended import find_matches, kept_matches
from backline.domain.recommending import Match
from backline.people.models import Account, Artist


def keep_matches(artist: Artist, *, now: datetime) -> list[Match]:
    """The artists found for this one: those of the last day, else they are looked for and kept."""
    kept = kept_matches(artist.pk, now=now)
    if kept is not None:
        return kept
    found = find_matches(artist.pk)
    row = {"made_at": now, "found": [asdict(one) for one in found]}
    Recommended.objects.update_or_create(artist=artist, defaults=row)
    return found


def stop_recommending(artist: Artist, *, by: Account, now: datetime) -> None:
    """The artist is recommended to nobody from now on; repeating it changes nothing."""
    NotRecommended.objects.get_or_create(artist=artist, defaults={"by": by, "at": now})


def recommend_again(artist: Artist) -> None:
    """The artist may be recommended again; repeating it changes nothing."""
    NotRecommended.objects.filter(artist=artist).delete()
