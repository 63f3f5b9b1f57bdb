"""XP and unlocked achievements of all artists, as the Points board counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from backline.domain.xp import Source
from backline.standing import queries
from backline.standing.models import Award


def points(at: datetime, *, live: bool) -> Iterator[tuple[int, int, int]]:
    """Artist, XP, achievements: as they stand, or for an earlier moment from the awards of facts until then."""
    if live:
        yield from ((artist, *figures) for artist, figures in queries.xp_of_all().items())
        return
    unlocked = Count("id", filter=Q(source=Source.ACHIEVEMENT, reverses=None, reversal=None))
    until = Award.objects.filter(at__lte=at).order_by().values("artist_id")
    yield from until.annotate(sum=Sum("amount"), unlocked=unlocked).values_list(
        "artist_id", "sum", "unlocked"
    )


def recent_xp(artist_id: int, *, now: datetime, days: int) -> int:
    """The XP of the last days, reversals taken off: the artist's own pace."""
    return queries.xp_since(artist_id, since=now - timedelta(days=days))


def recently_completed(artist_id: int, *, now: datetime, days: int) -> int:
    """How many beats became complete in the last days, by the awards for it."""
    since = Award.objects.filter(artist_id=artist_id, source=Source.METADATA, reverses=None, reversal=None)
    return since.filter(at__gt=now - timedelta(days=days), at__lte=now).count()
