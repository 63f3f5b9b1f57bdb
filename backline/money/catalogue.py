"""The beats that may weigh on a day, as columns: public by then, under the standard licence, not sold exclusively."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from backline.catalog.models import Beat, Credit
from backline.catalog.queries.shares import shares_in_force
from backline.listening.calendar import reporting, to_ms
from backline.money.listens import closes_at
from backline.money.packed import Ints
from backline.shop.models import Sale

CHUNK = 20_000


@dataclass(frozen=True)
class Catalogue:
    """Columns over beats, sorted by beat, and columns over accepted credits, sorted by beat and artist.

    `first_days` are day numbers (days since 1970). Credits of beats that may not weigh are left out. `shares` are the
    accepted basis points of beats with a share table, beat → artist → share; the artists of others share equally.
    """

    beats: Ints
    owners: Ints
    first_days: Ints
    credit_beats: Ints
    credit_artists: Ints
    shares: Mapping[int, Mapping[int, int]] = field(default_factory=dict)


def catalogue(day: date) -> Catalogue:
    """What may weigh on `day`, by what is known now."""
    until = closes_at(day)
    sold = Sale.objects.filter(kind=Sale.Kind.EXCLUSIVE, reversed_at=None, sold_at__lt=until)
    beats = Beat.objects.public().filter(first_published_at__lt=until).exclude(pk__in=sold.values("beat"))
    beats = beats.exclude(licensing=Beat.Licensing.EXCLUSIVE)
    rows = beats.order_by("pk").values_list("pk", "artist_id", "first_published_at")
    day_of = reporting().day_and_hour
    table = _columns(
        ((pk, artist, day_of(to_ms(at))[0]) for pk, artist, at in rows.iterator(CHUNK) if at is not None),
        width=3,
    )
    accepted = Credit.objects.filter(
        state=Credit.State.ACCEPTED, answered_at__lt=until, artist__revoked_at=None
    )
    credits = _columns(
        accepted.order_by("beat_id", "artist_id").values_list("beat_id", "artist_id").iterator(CHUNK), width=2
    )
    known = np.isin(credits[0], table[0])
    shares = shares_in_force(None, day=day, until=until)
    return Catalogue(table[0], table[1], table[2], credits[0][known], credits[1][known], shares)


def first_days(beat_ids: Iterable[int]) -> dict[int, int]:
    """The reporting day (days since 1970) on which each of these beats was first public; others are absent."""
    rows = Beat.objects.filter(pk__in=beat_ids, first_published_at__isnull=False)
    day_of = reporting().day_and_hour
    return {
        pk: day_of(to_ms(at))[0] for pk, at in rows.values_list("pk", "first_published_at") if at is not None
    }


def _columns(rows: Iterable[tuple[int, ...]], *, width: int) -> list[Ints]:
    """Whole-number columns, without holding the rows."""
    flat = np.fromiter((value for row in rows for value in row), np.int64)
    return [np.ascontiguousarray(flat[place::width]) for place in range(width)]
