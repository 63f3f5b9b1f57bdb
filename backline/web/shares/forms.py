"""Reading proposed shares: a percentage for each artist's address, and the day they start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backline.catalog.models import Credit
from backline.domain import shares


@dataclass(frozen=True)
class Row:
    """An artist's line of the form: what was typed, and the basis points it means (None: it means none)."""

    credit: Credit
    typed: str
    share_bp: int | None


@dataclass(frozen=True)
class Proposal:
    """What was asked for. `problem` says why it cannot be proposed, empty when it can."""

    rows: list[Row]
    starts_on: date | None
    problem: str

    @property
    def shares(self) -> dict[int, int]:
        """Artist → basis points, as far as they are numbers."""
        return {row.credit.artist_id: row.share_bp for row in self.rows if row.share_bp is not None}

    @property
    def total_bp(self) -> int:
        """Their sum."""
        return sum(self.shares.values())


def proposal(credits: Sequence[Credit], sent: Mapping[str, str], *, today: date) -> Proposal:
    """Reads a form or an address. Nobody typed anything: equal shares are suggested."""
    asked = any(credit.artist.handle in sent for credit in credits)
    equal = _equal(len(credits))
    rows = []
    for place, credit in enumerate(credits):
        typed = sent.get(credit.artist.handle, "" if asked else shares.percent(equal[place]))
        rows.append(Row(credit, typed[:12], shares.parse(typed)))
    starts_on = _day(sent.get("starts_on", "")) or today
    return Proposal(rows, starts_on, _problem(rows, starts_on, today))


def _problem(rows: list[Row], starts_on: date, today: date) -> str:
    for row in rows:
        if row.share_bp is None:
            return f"The share of {row.credit.artist.name} is a percentage with up to two digits after the point."
    if starts_on < today:
        return "Shares start today or later: what is earned already stays as it was divided."
    return shares.problem({row.credit.artist_id: row.share_bp or 0 for row in rows})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _equal(count: int) -> list[int]:
    each, rest = divmod(shares.WHOLE, max(count, 1))
    return [each + (place < rest) for place in range(count)]
