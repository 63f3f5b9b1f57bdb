"""What the boards are made of, as arrays: read by `board_facts.py`, ranked by `ranked.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from backline.domain.boards import Board, Span

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Artists and, for each, a row of figures in the order that `board_facts.py` says."""

    ids: Ints
    figures: Ints


@dataclass(frozen=True)
class Facts:
    """All that the snapshots of one moment rest on. `covers` says in words of ours what a board looks at."""

    on: date
    eligible: Ints
    rows: dict[tuple[Board, Span], Rows]
    opted_out: dict[Board, Ints] = field(default_factory=dict)
    covers: dict[tuple[Board, Span], str] = field(default_factory=dict)
