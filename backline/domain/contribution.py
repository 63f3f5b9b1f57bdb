"""Contribution: what a beat weighs in the pool on a day. New beats weigh more, and plays help ever more slowly.

    C = 0.5 ** (months / 6) x (1 + 2 L / (L + 1)) x share,   L = log10(1 + plays)

Computed in decimal with 28 digits, half-even, and kept as whole micro-points, so that every machine gets the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from backline.domain.split import split

MICRO = 1_000_000
DAYS_A_MONTH = Decimal("30.4375")
HALF_LIFE_MONTHS = 6
_EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN)
_HALF, _ONE, _TWO = Decimal("0.5"), Decimal(1), Decimal(2)


@dataclass(frozen=True)
class ContributionRule:
    """What may be set: who has to have heard a beat before it weighs, and how many new beats of a month weigh.

    `unplayed_counts` with `min_accounts` 0 is the bare formula, under which an upload nobody has played weighs 1.0.
    """

    min_accounts: int = 5
    unplayed_counts: bool = False
    new_beats: int = 20


@dataclass(frozen=True)
class NewBeat:
    """A beat as the monthly cap sees it: whose it is, when it was first public, and its micro-points of the day."""

    beat_id: int
    artist_id: int
    first_public_on: date
    points: int


@lru_cache(maxsize=65_536)
def decay(days: int | Decimal) -> Decimal:
    """What age leaves of a beat: half in six months.

    >>> [round(decay(months * DAYS_A_MONTH), 3) for months in (0, 1, 6)]
    [Decimal('1.000'), Decimal('0.891'), Decimal('0.500')]
    """
    months = _EXACT.divide(Decimal(days), DAYS_A_MONTH)
    return _EXACT.power(_HALF, _EXACT.divide(months, Decimal(HALF_LIFE_MONTHS)))


@lru_cache(maxsize=262_144)
def boost(plays: int) -> Decimal:
    """What plays add: from 1 towards 3, ever more slowly.

    >>> [round(boost(plays), 3) for plays in (0, 1, 1_000)]
    [Decimal('1.000'), Decimal('1.463'), Decimal('2.500')]
    """
    level = _EXACT.log10(Decimal(1 + plays))
    return _EXACT.add(_ONE, _EXACT.divide(_EXACT.multiply(_TWO, level), _EXACT.add(level, _ONE)))


@lru_cache(maxsize=1_048_576)
def points_of(days: int, plays: int) -> int:
    """The formula alone, for a whole beat of this age with these plays, in micro-points.

    >>> points_of(0, 500)
    2459436
    """
    exact = _EXACT.multiply(_EXACT.multiply(decay(days), boost(plays)), Decimal(MICRO))
    return int(exact.to_integral_value(ROUND_HALF_EVEN))


def beat_points(
    first_public_on: date,
    *,
    day: date,
    plays: int,
    accounts: int,
    rule: ContributionRule = ContributionRule(),
) -> int:
    """Micro-points of a beat at the close of `day`, before the monthly cap: 0 where it does not weigh.

    `plays` and `accounts` (distinct, outside its team) are those to the end of the day.

    >>> beat_points(date(2026, 3, 1), day=date(2026, 3, 1), plays=500, accounts=4)
    0

    Raises:
        ValueError: a count is negative.
    """
    if plays < 0 or accounts < 0:
        raise ValueError("plays and accounts are counted from 0")
    unheard = accounts < rule.min_accounts or not (plays or rule.unplayed_counts)
    if day < first_public_on or unheard:
        return 0
    return points_of((day - first_public_on).days, plays)


def within_cap(beats: Iterable[NewBeat], *, limit: int) -> set[int]:
    """The beats that weigh: of those an artist first published in one calendar month the `limit` highest.

    Equal ones: the earlier first, then the lower number. A beat without points takes no place.
    """
    places: dict[tuple[int, int, int], int] = {}
    inside: set[int] = set()
    for beat in sorted(beats, key=lambda beat: (-beat.points, beat.first_public_on, beat.beat_id)):
        month = (beat.artist_id, beat.first_public_on.year, beat.first_public_on.month)
        if beat.points and places.get(month, 0) < limit:
            places[month] = places.get(month, 0) + 1
            inside.add(beat.beat_id)
    return inside


def equal_shares(artist_ids: Iterable[int]) -> dict[int, int]:
    """The shares of credits that agreed on nothing else."""
    return dict.fromkeys(artist_ids, 1)


def credit_points(points: int, shares: Mapping[int, int]) -> dict[int, int]:
    """A beat's micro-points by credited artist: largest remainder over the accepted shares, lower artist id first.

    >>> credit_points(1_000_001, equal_shares([7, 3]))
    {7: 500000, 3: 500001}
    """
    return split(points, shares)
