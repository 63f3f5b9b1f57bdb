"""Packed boards that were read a moment ago, by their digest: what has the same digest is the same."""

from __future__ import annotations

from backline.standing.boards.packing import Packed

MOST_BYTES = 48 * 2**20


class Opened:
    """Keeps packed boards up to a sum of bytes. Its single steps are atomic, so threads may share it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: dict[str, Packed] = {}

    def get(self, digest: str) -> Packed | None:
        """The board, or None when it is not kept."""
        return self._kept.get(digest)

    def put(self, digest: str, packed: Packed) -> Packed:
        """Keeps a board and answers it. When there is too much all is dropped: what is in use comes back at once."""
        if sum(each.size for each in list(self._kept.values())) + packed.size > self._most:
            self._kept.clear()
        self._kept[digest] = packed
        return packed
