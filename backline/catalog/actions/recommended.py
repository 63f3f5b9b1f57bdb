"""Recommendations are looked for once a day; an artist may take itself out of everybody's."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from backline.catalog.models import NotRecommended, Recommended
from backline.catalog.queries.matching import due_artists, find_matches
from backline.people.models import Account, Artist

LASTS = timedelta(days=1)
PORTION = 1000


def recommend_next(*, now: datetime) -> bool:
    """Looks for artists close to those whose day is over, a portion of them; says whether there were any."""
    due = due_artists(before=now - LASTS, limit=PORTION)
    if not due:
        return False
    rows = [
        Recommended(artist_id=number, made_at=now, found=[asdict(one) for one in found])
        for number, found in find_matches(due).items()
    ]
    Recommended.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["artist"], update_fields=["made_at", "found"]
    )
    return True


def stop_recommending(artist: Artist, *, by: Account, now: datetime) -> None:
    """The artist is recommended to nobody from now on; repeating it changes nothing."""
    NotRecommended.objects.get_or_create(artist=artist, defaults={"by": by, "at": now})


def recommend_again(artist: Artist) -> None:
    """The artist may be recommended again; repeating it changes nothing."""
    NotRecommended.objects.filter(artist=artist).delete()
