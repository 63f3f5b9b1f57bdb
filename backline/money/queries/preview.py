"""What settling a month now would say: the same computation as the run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from backline.domain.payable import State
from backline.money.computing import Computed, Part, compute
from backline.money.queries.settlements import CurrencyTotal, StatementRow
from backline.people.models import Artist

LARGEST = 25


@dataclass(frozen=True)
class Preview:
    """A settlement that has not begun; confirming it takes the digest. `largest` are 25 statements of each currency."""

    month: date
    rule: str
    digest: str
    totals: list[CurrencyTotal]
    largest: list[StatementRow]


def preview(month: date) -> Preview:
    """What `start_settlement` would begin."""
    computed = compute(month)
    parts = {
        currency: sorted(some, key=lambda part: (-part.earned, part.artist_id))
        for currency, some in groupby(computed.parts, key=lambda part: part.currency)
    }
    shown = [part for some in parts.values() for part in some[:LARGEST]]
    artists = Artist.objects.in_bulk([part.artist_id for part in shown])
    return Preview(
        month=month,
        rule=computed.rule,
        digest=computed.digest,
        totals=[_total(currency, some, computed) for currency, some in parts.items()],
        largest=[_row(part, artists[part.artist_id], computed) for part in shown],
    )


def _total(currency: str, parts: list[Part], computed: Computed) -> CurrencyTotal:
    sums = computed.sums.get(currency)
    return CurrencyTotal(
        currency=currency,
        statements=len(parts),
        pool_minor=sums.pool_minor if sums else 0,
        earned_minor=sum(part.earned for part in parts),
        bonus_minor=sum(part.bonus for part in parts),
        payable_minor=sum(part.outcome.payable for part in parts),
        carried_minor=sum(part.outcome.carried_out for part in parts),
        held_minor=sum(part.outcome.held for part in parts),
        excluded_minor=sum(part.excluded for part in parts),
        written_off_minor=sum(part.outcome.written_off for part in parts),
        artists_payable=sum(part.outcome.state is State.PAYABLE for part in parts),
    )


def _row(part: Part, artist: Artist, computed: Computed) -> StatementRow:
    lines, some = computed.sums.get(part.currency), slice(part.first_line, part.last_line)
    return StatementRow(
        id=None,
        settlement_id=None,
        month=computed.month,
        artist_id=part.artist_id,
        artist_name=artist.name,
        handle=artist.handle,
        currency=part.currency,
        state=part.outcome.state,
        beats=len(np.unique(lines.beats[some])) if lines else 0,
        at=None,
        **part.sums,
    )
