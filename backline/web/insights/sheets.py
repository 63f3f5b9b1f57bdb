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
