"""Lines of a day in one row: whole-number columns, sorted by artist, in blocks that can be read one by one.

    magic, columns, blocks | for each block: first artist, rows, offset, length | the blocks

A block holds whole artists and is compressed alone, so one artist's lines cost one block whatever the size of the day.
Bytes of equal weight are kept together, which makes small numbers cost little.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NONE: Ints = np.zeros(0, np.int64)
Reader = Callable[[int, int], bytes]
"""Answers `length` bytes from an offset."""

_HEAD = struct.Struct("<4sHI")
_BLOCK = struct.Struct("<qIQI")
_MAGIC = b"BLP1"
BLOCK_ROWS = 4096
HEAD_BYTES = 64 * 1024


class Damaged(ValueError):
    """The bytes are not what `pack` wrote."""


def pack(artists: Ints, columns: Sequence[Ints]) -> bytes:
    """The columns, each as long as `artists`, which is sorted and decides which rows stay together."""
    blocks, index, offset = [], [], 0
    for start, end in _cuts(artists):
        block = zlib.compress(b"".join(_planes(column[start:end]) for column in columns), 1)
        index.append(_BLOCK.pack(int(artists[start]), end - start, offset, len(block)))
        blocks.append(block)
        offset += len(block)
    return b"".join([_HEAD.pack(_MAGIC, len(columns), len(blocks)), *index, *blocks])


def unpack(packed: bytes | memoryview) -> list[Ints]:
    """All columns.

    Raises:
        Damaged: these bytes were not written by `pack`, or not all of them are here.
    """
    held = bytes(packed)
    width, index, body = _index(held)
    parts = [
        _columns(held[body + offset : body + offset + length], width, rows)
        for _, rows, offset, length in index
    ]
    if not parts:
        return [np.zeros(0, np.int64) for _ in range(width)]
    return [np.concatenate([part[place] for part in parts]) for place in range(width)]


def unpack_artist(read: Reader, artist_id: int) -> tuple[int, list[Ints]]:
    """The columns of the block that has the artist, and the number of its first row; nothing when none can have it."""
    head = read(0, HEAD_BYTES)
    width, blocks = _counts(head)
    body = _HEAD.size + blocks * _BLOCK.size
    if body > len(head):
        head = read(0, body)
    index = _entries(head, blocks)
    first_row, found = 0, None
    for entry in index:
        if entry[0] > artist_id:
            break
        first_row, found = first_row + (found[1] if found else 0), entry
    if found is None:
        return 0, [np.zeros(0, np.int64) for _ in range(width)]
    _, rows, offset, length = found
    return first_row, _columns(read(body + offset, length), width, rows)


def digest(columns: Sequence[Ints]) -> str:
    """SHA-256 of the columns' values, whatever way they are packed."""
    found = hashlib.sha256()
    for column in columns:
        found.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
    return found.hexdigest()


def _cuts(artists: Ints) -> list[tuple[int, int]]:
    """Where blocks begin and end: after about `BLOCK_ROWS` rows, at the end of an artist."""
    cuts, start = [], 0
    while start < len(artists):
        end = min(start + BLOCK_ROWS, len(artists))
        end = int(np.searchsorted(artists, artists[end - 1], side="right"))
        cuts.append((start, end))
        start = end
    return cuts


def _planes(column: Ints) -> bytes:
    little = np.ascontiguousarray(column, dtype="<i8")
    return little.view(np.uint8).reshape(-1, 8).T.tobytes()


def _columns(block: bytes, width: int, rows: int) -> list[Ints]:
    try:
        raw = zlib.decompress(block)
    except zlib.error as problem:
        raise Damaged(str(problem)) from None
    if len(raw) != width * rows * 8:
        raise Damaged("a block has not the size that the index says")
    planes = np.frombuffer(raw, np.uint8).reshape(width, 8, rows)
    return [np.ascontiguousarray(planes[place].T).view("<i8").reshape(rows) for place in range(width)]


def _index(held: bytes) -> tuple[int, list[tuple[int, int, int, int]], int]:
    width, blocks = _counts(held)
    return width, _entries(held, blocks), _HEAD.size + blocks * _BLOCK.size


def _counts(head: bytes) -> tuple[int, int]:
    if len(head) < _HEAD.size or head[:4] != _MAGIC:
        raise Damaged("these are no packed lines")
    _, width, blocks = _HEAD.unpack_from(head)
    return width, blocks


def _entries(head: bytes, blocks: int) -> list[tuple[int, int, int, int]]:
    if len(head) < _HEAD.size + blocks * _BLOCK.size:
        raise Damaged("the index is cut off")
    return [_BLOCK.unpack_from(head, _HEAD.size + number * _BLOCK.size) for number in range(blocks)]
