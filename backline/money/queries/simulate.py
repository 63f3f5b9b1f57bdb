"""A closed month under each rule: who would gain and who would lose. Nothing is posted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from backline.domain import settlement as domain
from backline.domain.pool_rules import RULES
from backline.money import engine
from backline.money.computing import reference
from backline.money.models import Bucket, MonthShares
from backline.money.monthly import Month
from backline.money.rules import next_month, pool_rule
from backline.people.models import Artist


@dataclass(frozen=True)
class SimulatedArtist:
    """What an artist would get of the month under each rule, in minor units, by the rule's key."""

    artist_id: int
    artist_name: str
    handle: str
    amounts: dict[str, int]

    def gain(self, rule: str, *, over: str) -> int:
        """What `rule` would bring more than `over`; less than 0 for a loss."""
        return self.amounts[rule] - self.amounts[over]


@dataclass(frozen=True)
class SimulatedCurrency:
    """One currency of the month; every rule gives out the same total."""

    currency: str
    total_minor: int
    artists: list[SimulatedArtist]


@dataclass(frozen=True)
class Simulation:
    """The month under every rule; `rule` is the one in force. Corrections of other months are left out."""

    month: date
    rule: str
    currencies: list[SimulatedCurrency]


class NotWeighed(LookupError):
    """The month has days without weights."""


def simulation(month: date) -> Simulation:
    """Divides what was paid for the month by each rule.

    Raises:
        NotWeighed: it is not over, or not all of it has closed.
    """
    last = next_month(month) - timedelta(days=1)
    if not MonthShares.objects.filter(month=month, through=last).exists():
        raise NotWeighed(f"{month:%Y-%m} has days that are not closed")
    world = Month(month, last)
    paid = Bucket.objects.filter(accrued_on__gte=month, accrued_on__lte=last)
    currencies = sorted(set(paid.values_list("currency", flat=True)))
    return Simulation(
        month=month,
        rule=pool_rule(month).key,
        currencies=[
            _currency(
                world, currency, dict(paid.filter(currency=currency).values_list("day", "paid_in_minor"))
            )
            for currency in currencies
        ],
    )


def _currency(world: Month, currency: str, buckets: dict[date, int]) -> SimulatedCurrency:
    name = reference(world.first, currency)
    amounts: dict[int, Counter[str]] = {}
    for rule in RULES:
        keys, parts = world.divided(rule, buckets, currency)
        artists, sums = engine.summed(engine.artist_of(keys), parts)
        minor = engine.rounded(sums, artists, order=lambda artist: domain.tie(name, artist))
        for artist, amount in zip(artists.tolist(), minor.tolist(), strict=True):
            amounts.setdefault(artist, Counter())[rule] = amount
    names = Artist.objects.in_bulk(list(amounts))
    rows = [
        SimulatedArtist(
            artist, names[artist].name, names[artist].handle, {rule: found[rule] for rule in RULES}
        )
        for artist, found in amounts.items()
    ]
    rows.sort(key=lambda row: (-row.amounts["contribution"], row.artist_id))
    return SimulatedCurrency(currency, sum(buckets.values()), rows)
