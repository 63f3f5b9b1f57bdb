"""What a settlement's statements say. The preview and the run are both this."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Q, QuerySet

from backline.domain import settlement as domain
from backline.domain.payable import Due, Outcome, Policy, State, outcome
from backline.money import engine, rules
from backline.money.gathering import Gathered, gathered
from backline.money.models import Heir, Hold, PayoutProfile, Settlement, Statement

Whose = tuple[int, str]
"""Artist id and currency."""


@dataclass(frozen=True)
class Part:
    """One statement to be: its sums, and where its lines are in its currency's columns."""

    artist_id: int
    currency: str
    micro: int
    earned: int
    bonus: int
    carried_in: int
    excluded: int
    outcome: Outcome
    first_line: int = 0
    last_line: int = 0

    @property
    def sums(self) -> dict[str, int]:
        """Its amounts, by the names that they have in a statement's row."""
        end = self.outcome
        return {
            "earned_minor": self.earned,
            "bonus_minor": self.bonus,
            "carried_in_minor": self.carried_in,
            "released_minor": end.released,
            "written_off_minor": end.written_off,
            "excluded_minor": self.excluded,
            "held_minor": end.held,
            "carried_out_minor": end.carried_out,
            "payable_minor": end.payable,
        }

    def text(self) -> str:
        """Everything it says, for the digest."""
        end = self.outcome
        return (
            f"{self.currency} {self.artist_id} {self.micro} {self.earned} {self.bonus} {self.carried_in}"
            f" {self.excluded} {end.released} {end.written_off} {end.payable} {end.held} {end.carried_out} {end.state}"
        )


@dataclass(frozen=True)
class Computed:
    """All statements of a month in the order of currency and artist, and the holds that it ends."""

    month: date
    rule: str
    sums: dict[str, Gathered]
    parts: list[Part]
    released: list[int] = field(default_factory=list)
    expired: list[int] = field(default_factory=list)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the statements say, their lines included."""
        found = hashlib.sha256(f"{self.month} {self.rule} {self.expired}\n".encode())
        for part in self.parts:
            found.update(part.text().encode() + b"\n")
        for currency in sorted(self.sums):
            lines = self.sums[currency]
            for column in (lines.artists, lines.months, lines.beats, lines.micro):
                found.update(column.tobytes())
        return found.hexdigest()


def reference(month: date, currency: str) -> str:
    """What a month's settlement in one currency is called, in ties as well."""
    return f"{month:%Y-%m} {currency}"


def compute(month: date) -> Computed:
    """The settlement of a month from its accruals, what was carried, and who can be paid at this moment."""
    sums = {lines.currency: lines for lines in gathered(month)}
    world = _World(month)
    currencies = sorted({*sums, *(currency for _, currency in world.carried), *(c for _, c in world.held)})
    parts = [part for currency in currencies for part in world.parts(currency, sums.get(currency))]
    ready = {(part.artist_id, part.currency) for part in parts if part.outcome.released}
    released = [pk for pk, whose in world.holds.items() if whose in ready]
    return Computed(month, rules.pool_rule(month).key, sums, parts, released, world.expired)


class _World:
    """What a settlement finds: carried sums, holds, readiness."""

    def __init__(self, month: date) -> None:
        self.month = month
        self.last = rules.next_month(month) - timedelta(days=1)
        self.policy = rules.policy()
        self.ready = set(
            PayoutProfile.objects.filter(
                state=PayoutProfile.State.READY, artist__revoked_at=None
            ).values_list("artist_id", flat=True)
        )
        self.carried: dict[Whose, tuple[int, date | None]] = {}
        self._read_carried()
        self.holds: dict[int, Whose] = {}
        self.held: Counter[Whose] = Counter()
        self.expiring: dict[str, list[int]] = {}
        self.expired: list[int] = []
        self.pots: Counter[str] = Counter()
        self._read_holds()

    def _read_carried(self) -> None:
        heirs = dict(Heir.objects.values_list("source_id", "into_id"))
        for artist, currency, amount, since in _carried(self.month).values_list(
            "artist_id", "currency", "carried_out_minor", "negative_since"
        ):
            whose = (heirs.get(artist, artist), currency)
            before, older = self.carried.get(whose, (0, None))
            self.carried[whose] = (before + amount, since or older)

    def _read_holds(self) -> None:
        keep = settings.HOLD_EXPIRES_DAYS
        mine = Q(ended_in=None) | Q(ended_in__month=self.month)
        for hold in Hold.objects.filter(mine, state=Hold.State.HELD).order_by("pk"):
            whose = (hold.artist_id, hold.currency)
            if hold.artist_id not in self.ready and keep and (self.last - hold.since.date()).days >= keep:
                self.expiring.setdefault(hold.currency, []).append(hold.pk)
                self.pots[hold.currency] += hold.amount_minor
            else:
                self.holds[hold.pk] = whose
                self.held[whose] += hold.amount_minor

    def parts(self, currency: str, sums: Gathered | None) -> Iterator[Part]:
        """The statements of one currency, by artist."""
        lines, earned = _earned(self.month, currency, sums)
        waiting = {
            artist
            for artist, money in (*self.carried, *(whose for whose in self.held if whose[0] in self.ready))
            if money == currency
        }
        excluded = self._excluded(earned)
        bonus = self._bonus(currency, earned, excluded)
        if bonus:
            self.expired += self.expiring.get(currency, [])
        else:
            excluded = {}  # Nobody could get it: it is kept instead.
        for artist in sorted({*earned, *waiting, *bonus}):
            micro, first, last = lines.get(artist, (0, 0, 0))
            yield self._part(
                (artist, currency),
                micro,
                (first, last),
                earned.get(artist, 0),
                bonus.get(artist, 0),
                excluded.get(artist),
            )

    def _excluded(self, earned: dict[int, int]) -> dict[int, int]:
        """What artists who are not set up earned, under the policy that leaves them out."""
        if self.policy is not Policy.EXCLUDE:
            return {}
        return {artist: sum_ for artist, sum_ in earned.items() if sum_ > 0 and artist not in self.ready}

    def _bonus(self, currency: str, earned: dict[int, int], excluded: dict[int, int]) -> dict[int, int]:
        pot = sum(excluded.values()) + self.pots[currency]
        able = {artist: sum_ for artist, sum_ in earned.items() if sum_ > 0 and artist in self.ready}
        if not pot or not able:
            return {}
        name = reference(self.month, currency)
        return domain.bonuses(pot, able, order=lambda artist: domain.tie(name, artist))

    def _part(
        self,
        whose: Whose,
        micro: int,
        lines: tuple[int, int],
        earned: int,
        bonus: int,
        excluded: int | None,
    ) -> Part:
        artist, currency = whose
        carried_in, since = self.carried.get(whose, (0, None))
        if excluded is not None:
            end = Outcome(State.EXCLUDED, carried_out=carried_in, negative_since=since)
        else:
            ready = artist in self.ready
            due = Due(earned, bonus, carried_in, self.held[whose], ready=ready, negative_since=since)
            end = outcome(due, minimum=rules.minimum(currency), on=self.last)
        return Part(artist, currency, micro, earned, bonus, carried_in, excluded or 0, end, *lines)


def _earned(
    month: date, currency: str, sums: Gathered | None
) -> tuple[dict[int, tuple[int, int, int]], dict[int, int]]:
    """By artist: micro-units with the first and last line, and the amount after the one rounding."""
    if sums is None:
        return {}, {}
    artists, starts, micro = sums.by_artist()
    if not len(artists):
        return {}, {}
    name = reference(month, currency)
    minor = engine.rounded(micro, artists, order=lambda artist: domain.tie(name, artist)).tolist()
    ends = [*starts[1:].tolist(), len(sums.artists)]
    keys = artists.tolist()
    lines = dict(zip(keys, zip(micro.tolist(), starts.tolist(), ends, strict=True), strict=True))
    return lines, dict(zip(keys, minor, strict=True))


def _carried(month: date) -> QuerySet[Statement]:
    """Statements of the settlement before with something carried on."""
    before = Settlement.objects.filter(month__lt=month).order_by("-month").first()
    return Statement.objects.filter(settlement=before).exclude(carried_out_minor=0)
