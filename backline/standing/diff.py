"""Making the standing awards equal to those that the facts deserve: new ones, reversals, and open days' amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, Max

from backline.core.portions import portions
from backline.domain.xp import Source, Wanted
from backline.standing.models import Award, Tally

NOTES = {
    Source.UPLOAD: "The beat was deleted, or is no longer among the month's first 20.",
    Source.PLAYS: "The day's plays were judged anew.",
    Source.METADATA: "The beat is no longer complete, or was deleted.",
    Source.COLLABORATE: "The beat is no longer public with two accepted artists.",
}
Key = tuple[int, str, str]


class Held(NamedTuple):
    """An award in force: its number and amount."""

    pk: int
    amount: int


@dataclass(frozen=True)
class Scope:
    """Which awards are compared: these sources, and for plays the days from `first` to `last`.

    Days after `closed_through` are still open: their award's amount changes in place.
    """

    sources: Collection[Source]
    first: date | None = None
    last: date | None = None
    closed_through: date | None = None

    def standing(self, artist_ids: Collection[int] | None) -> dict[Key, Held]:
        """The awards in force, by artist, rule and subject; of these artists or all."""
        awards = Award.objects.filter(source__in=self.sources, reverses__isnull=True, reversal__isnull=True)
        if artist_ids is not None:
            awards = awards.filter(artist_id__in=artist_ids)
        if self.first and self.last:
            awards = awards.filter(subject__range=(self.first.isoformat(), self.last.isoformat()))
        rows = awards.values_list("artist_id", "rule", "subject", "id", "amount").iterator(chunk_size=5000)
        return {(artist_id, rule, subject): Held(pk, amount) for artist_id, rule, subject, pk, amount in rows}

    def is_open(self, wanted: Wanted) -> bool:
        """Whether the award is of a day that can still get plays."""
        through = self.closed_through
        return wanted.source is Source.PLAYS and (through is None or wanted.subject > through.isoformat())


def settle(
    wanted: Mapping[int, Sequence[Wanted]], *, scope: Scope, artist_ids: Collection[int] | None, now: datetime
) -> int:
    """Writes what differs between the wanted awards and those in force; answers how many rows.

    Repeating it writes none. Call it in a transaction that holds the artists' tallies, with all awards wanted in the
    scope.
    """
    standing = scope.standing(artist_ids)
    deserved = {(artist_id, *each.key): each for artist_id, awards in wanted.items() for each in awards}
    change = _Change(now)
    for key, held in standing.items():
        each = deserved.get(key)
        if each is not None and each.amount == held.amount:
            continue
        if each is not None and scope.is_open(each):
            change.adjust(key[0], held, each.amount)
            continue
        change.reverse(key[0], held)
        if each is not None:
            change.give(key, each)
    for key, each in deserved.items():
        if key not in standing:
            change.give(key, each)
    return change.write()


class _Change:
    """The rows to write, and what they add to each artist."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._adjusted: dict[int, int] = {}
        self._reversed: list[int] = []
        self._new: dict[Key, Wanted] = {}
        self._sums: Counter[int] = Counter()

    def adjust(self, artist_id: int, held: Held, amount: int) -> None:
        """Another amount for a day that is still open."""
        self._sums[artist_id] += amount - held.amount
        self._adjusted[held.pk] = amount

    def reverse(self, artist_id: int, held: Held) -> None:
        """Takes an award back."""
        self._sums[artist_id] -= held.amount
        self._reversed.append(held.pk)

    def give(self, key: Key, wanted: Wanted) -> None:
        """A new award, or one of a fact that came back."""
        self._sums[key[0]] += wanted.amount
        self._new[key] = wanted

    def write(self) -> int:
        """Writes all of it; answers how many rows."""
        adjusted = [Award(pk=pk, amount=amount, made_at=self._now) for pk, amount in self._adjusted.items()]
        Award.objects.bulk_update(adjusted, ["amount", "made_at"], batch_size=500)
        for some in portions(self._reversed):
            awards = Award.objects.filter(pk__in=some)
            Award.objects.bulk_create(
                [reversal(award, note=NOTES[Source(award.source)], now=self._now) for award in awards]
            )
        before = self._generations()
        Award.objects.bulk_create(
            [
                award_for(key[0], each, now=self._now, generation=before.get(key, 0) + 1)
                for key, each in self._new.items()
            ],
            batch_size=500,
        )
        for artist_id, amount in self._sums.items():
            if amount:
                Tally.objects.filter(pk=artist_id).update(xp=F("xp") + amount)
        return len(self._adjusted) + len(self._reversed) + len(self._new)

    def _generations(self) -> dict[Key, int]:
        """How often what is given now was given before: the reversed awards know."""
        if not self._new:
            return {}
        # Every one that is not in force was reversed, and those are few.
        artist_ids = {key[0] for key in self._new}
        gone = Award.objects.filter(reversal__isnull=False)
        if len(artist_ids) <= 500:
            gone = gone.filter(artist_id__in=artist_ids)
        rows = gone.values_list("artist_id", "rule", "subject").annotate(last=Max("generation"))
        return {(artist_id, rule, subject): last for artist_id, rule, subject, last in rows}


def award_for(artist_id: int, wanted: Wanted, *, now: datetime, generation: int = 1) -> Award:
    """The row of a wanted award, not yet saved."""
    rule, subject = wanted.key
    return Award(
        artist_id=artist_id,
        source=wanted.source,
        rule=rule,
        subject=subject,
        generation=generation,
        amount=wanted.amount,
        at=wanted.at,
        made_at=now,
    )


def reversal(award: Award, *, note: str, now: datetime) -> Award:
    """The row that takes an award back, not yet saved."""
    return Award(
        artist_id=award.artist_id,
        source=award.source,
        rule=award.rule,
        subject=award.subject,
        generation=award.generation,
        amount=-award.amount,
        at=now,
        made_at=now,
        note=note,
        reverses=award,
    )
