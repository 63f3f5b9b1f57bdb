"""A block's figures as a table: what *Table* and *CSV* give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backline.web.tables import Cell


@dataclass(frozen=True)
class Sheet:
    """A title, the columns' names, and the rows. The first column has words, the others figures; None is unknown."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def share(bp: int | None) -> str | None:
    """A share in basis points as tables have it, in percent: 4612 is 46.1."""
    return None if bp is None else f"{bp / 100:.1f}"
