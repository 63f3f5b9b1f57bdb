"""What an explanation is held against: formulas, invoices, closed listening days, the settlement's other statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from backline.catalog.models import Credit
from backline.domain import settlement as domain
from backline.domain.accrual import MICRO
from backline.domain.contribution import points_of
from backline.domain.currencies import format_amount
from backline.listening.calendar import to_number
from backline.money import engine, listens
from backline.money.catalogue import first_days
from backline.money.facts import money_of_days
from backline.money.models import Statement

if TYPE_CHECKING:
    from backline.money.queries.explain import Explanation


def prove(found: Explanation) -> list[str]:
    """What does not add up, in sentences; nothing when everything does."""
    return [*_sums(found), *_rounding(found), *_buckets(found), *_days(found), *_plays(found)]


def _sums(found: Explanation) -> Iterator[str]:
    total = sum(part.micro_units for part in found.days)
    total += sum(part.micro_units for part in (*found.monthly, *found.corrections))
    if total != found.micro_units:
        yield f"The days add up to {total} micro-units, the statement says {found.micro_units}."
    if sum(line.micro_units for line in found.lines) != found.micro_units:
        yield "The statement's lines do not add up to its micro-units."
    if sum(line.minor for line in found.lines) != found.statement.earned_minor:
        yield "The statement's lines do not add up to what it says was earned."
    row = found.statement
    came = (
        row.earned_minor + row.bonus_minor + row.carried_in_minor + row.released_minor + row.written_off_minor
    )
    went = row.payable_minor + row.held_minor + row.carried_out_minor + row.excluded_minor
    if came != went:
        yield f"What came in ({came}) is not what went out ({went})."


def _rounding(found: Explanation) -> Iterator[str]:
    """The one rounding, done again over all statements of the settlement in this currency."""
    row = found.statement
    rows = Statement.objects.filter(settlement=row.settlement_id, currency=row.currency)
    columns = np.array(list(rows.values_list("artist_id", "micro_units")), np.int64).reshape(-1, 2)
    order = np.argsort(columns[:, 0])
    artists, micro = columns[order, 0], columns[order, 1]
    earned = engine.rounded(micro, artists, order=lambda artist: domain.tie(found.reference, artist))
    again = int(earned[np.searchsorted(artists, row.artist_id)])
    if again != row.earned_minor:
        yield f"Rounding again gives {again} minor units, the statement says {row.earned_minor}."


def _buckets(found: Explanation) -> Iterator[str]:
    """Each bucket from the invoices that paid for its days."""
    if not found.days:
        return
    currency = found.statement.currency
    facts = money_of_days([part.day for part in found.days], currency)
    for part in found.days:
        if facts[part.day] != part.bucket_minor:
            yield (
                f"{part.day}: the invoices paid {format_amount(facts[part.day], currency)}, the bucket was"
                f" {format_amount(part.bucket_minor, currency)}."
            )


def _days(found: Explanation) -> Iterator[str]:
    """Points by the formula, and micro-units by the points: the exact share, with less than one rounded."""
    first_on = first_days({beat.beat_id for part in found.days for beat in part.beats})
    partners = _partners(first_on)
    for part in found.days:
        for beat in part.beats:
            whole = points_of(to_number(part.day) - first_on[beat.beat_id], beat.plays)
            # A credit that came or went since is no fault: a part is then between nothing and the whole.
            if beat.points > whole or (partners[beat.beat_id] == 1 and beat.points != whole):
                yield f"{part.day}, beat {beat.beat_id}: {beat.points} micro-points stored, the formula gives {whole}."
            exact = part.bucket_minor * MICRO * beat.points
            if abs(beat.micro_units * part.all_points - exact) >= part.all_points:
                yield f"{part.day}, beat {beat.beat_id}: {beat.micro_units} micro-units are not its share."


def _plays(found: Explanation) -> Iterator[str]:
    """The plays of each beat to the end of the last day, from the closed days of listening."""
    last = {beat.beat_id: (part.day, beat.plays) for part in found.days for beat in part.beats}
    counted = listens.plays_to({beat_id: day for beat_id, (day, _) in last.items()})
    for beat_id, (day, stored) in last.items():
        if (plays := counted.get(beat_id, stored)) != stored:
            yield f"{day}, beat {beat_id}: {plays} plays in the closed days, {stored} stored."


def _partners(beats: dict[int, int]) -> Counter[int]:
    rows = Credit.objects.filter(beat__in=beats, state=Credit.State.ACCEPTED).values_list(
        "beat_id", flat=True
    )
    return Counter(rows)
