"""A board as one packed value: columns of whole numbers in portions, and an index by id.

Reading one artist's row or one page takes apart two or three portions, however many artists are ranked. Each column
has the narrowest width its largest value needs. A header of JSON says what is where.
"""

from __future__ import annotations

import json
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

import numpy as np

from backline.standing.boards.facts import Ints

PORTION = 1024
FAST = 1
MOST_OPEN = 32
KEY = ("score", "second")
_LENGTH = struct.Struct("<I")


def pack(columns: Mapping[str, Ints]) -> bytes:
    """The columns, all of one length, none with a negative number.

    `id` is one of them and has no number twice; by `score`, then `second`, the rows are in falling order.
    """
    ids = columns["id"]
    order = np.argsort(ids)
    rows = {name: _narrow(column) for name, column in columns.items()}
    index = {"id": _narrow(ids[order]), "place": _narrow(order)}
    parts = {"rows": _portions(rows), "index": _portions(index)}
    head = {
        "count": len(ids),
        "firsts": ids[order][::PORTION].tolist(),
        "tops": [columns[name][::PORTION].tolist() for name in KEY],
        "columns": {
            name: [[n, column.dtype.str] for n, column in table.items()]
            for name, table in (("rows", rows), ("index", index))
        },
        "sizes": {name: [len(part) for part in found] for name, found in parts.items()},
    }
    text = json.dumps(head, separators=(",", ":")).encode()
    return b"".join([_LENGTH.pack(len(text)), text, *parts["rows"], *parts["index"]])


class Packed:
    """Reads a packed board, portion by portion, each taken apart once."""

    def __init__(self, data: bytes | memoryview) -> None:
        self._data = memoryview(data)
        self.size = len(data)
        (length,) = _LENGTH.unpack_from(self._data)
        head = json.loads(bytes(self._data[_LENGTH.size : _LENGTH.size + length]))
        self.count: int = head["count"]
        self._firsts: list[int] = head["firsts"]
        self._tops: list[tuple[int, int]] = list(zip(*head["tops"], strict=True))
        self._columns: dict[str, list[tuple[str, str]]] = head["columns"]
        self._starts: dict[str, list[int]] = {}
        start = _LENGTH.size + length
        for table in ("rows", "index"):
            ends = [start, *np.add.accumulate([start, *head["sizes"][table]])[1:].tolist()]
            self._starts[table], start = ends, ends[-1]
        self._open: dict[tuple[str, int], dict[str, Ints]] = {}

    def place_of(self, artist_id: int) -> int | None:
        """The place of an id, counted from 0; None when it is not there."""
        portion = bisect_right(self._firsts, artist_id) - 1
        if portion < 0:
            return None
        part = self._portion("index", portion)
        where = int(np.searchsorted(part["id"], artist_id))
        found = where < len(part["id"]) and int(part["id"][where]) == artist_id
        return int(part["place"][where]) if found else None

    def row(self, place: int) -> dict[str, int]:
        """The numbers at a place."""
        number, offset = divmod(place, PORTION)
        return {name: int(column[offset]) for name, column in self._portion("rows", number).items()}

    def above(self, score: int, second: int) -> int:
        """How many rows have a higher score, or the same and a higher second."""
        portion = bisect_left(self._tops, (-score, -second), key=lambda top: (-top[0], -top[1])) - 1
        if portion < 0:
            return 0
        rows = self._portion("rows", portion)
        # numpy looks things up in rising order only.
        scores = -rows["score"].astype(np.int64)
        first, last = np.searchsorted(scores, -score, "left"), np.searchsorted(scores, -score, "right")
        seconds = -rows["second"][first:last].astype(np.int64)
        return portion * PORTION + int(first + np.searchsorted(seconds, -second, "left"))

    def column(self, name: str, start: int = 0, stop: int | None = None) -> Ints:
        """A column's numbers in [start, stop), all by default."""
        stop = self.count if stop is None else min(stop, self.count)
        if start >= stop:
            return np.zeros(0, dtype=np.int64)
        first, last = start // PORTION, (stop - 1) // PORTION
        parts: Sequence[Ints] = [self._portion("rows", number)[name] for number in range(first, last + 1)]
        return np.concatenate(parts).astype(np.int64)[start - first * PORTION : stop - first * PORTION]

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return any(column == name for column, _ in self._columns["rows"])

    def _portion(self, table: str, number: int) -> dict[str, Ints]:
        opened = self._open.get((table, number))
        if opened is None:
            starts = self._starts[table]
            raw = zlib.decompress(self._data[starts[number] : starts[number + 1]])
            opened, offset = {}, 0
            length = min(PORTION, self.count - number * PORTION)
            for name, kind in self._columns[table]:
                opened[name] = np.frombuffer(raw, dtype=kind, count=length, offset=offset)
                offset += opened[name].nbytes
            if len(self._open) >= MOST_OPEN:
                self._open.clear()
            self._open[table, number] = opened
        return opened


def _narrow(column: Ints) -> Ints:
    largest = int(column.max()) if len(column) else 0
    return column.astype(np.min_scalar_type(largest).newbyteorder("<"))


def _portions(columns: Mapping[str, Ints]) -> list[bytes]:
    count = len(next(iter(columns.values())))
    return [
        zlib.compress(
            b"".join(column[start : start + PORTION].tobytes() for column in columns.values()), FAST
        )
        for start in range(0, count, PORTION)
    ]
