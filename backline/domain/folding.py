"""Folding of small rows: a table of places or hosts must not tell of single listeners.

Rows below the threshold are one row, *other*. Were it a single one, who knows the total would know it: then the next
smallest row joins it. Rows always add up to the same total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 10


@dataclass(frozen=True)
class Folded:
    """Rows that are shown, the largest first, and what `hidden` others add up to."""

    rows: tuple[tuple[str, int], ...]
    other: int
    hidden: int

    @property
    def total(self) -> int:
        """The sum of all rows, shown and hidden."""
        return self.other + sum(count for _, count in self.rows)


def fold(counts: Mapping[str, int], *, least: int = LEAST, most: int | None = None) -> Folded:
    """Folds rows below `least`, and those beyond the `most` largest; rows of zero are no rows.

    >>> fold({"NL": 40, "DE": 12, "FR": 3, "BE": 2})
    Folded(rows=(('NL', 40), ('DE', 12)), other=5, hidden=2)
    >>> fold({"NL": 40, "DE": 12, "FR": 3})
    Folded(rows=(('NL', 40),), other=15, hidden=2)
    """
    ordered = sorted(
        ((name, count) for name, count in counts.items() if count > 0), key=lambda row: (-row[1], row[0])
    )
    shown = [row for row in ordered if row[1] >= least][:most]
    hidden = ordered[len(shown) :]
    if len(hidden) == 1 and shown and hidden[0][1] < least:
        hidden.insert(0, shown.pop())
    return Folded(tuple(shown), sum(count for _, count in hidden), len(hidden))
