"""What was counted so far on one reporting day: the memory that `judge` compares a listen with."""

from __future__ import annotations

from backline.domain.verdicts import Listen


class DayHistory:
    """Counts and times of the counted listens of a day, by listener and by address.

    Unknown listeners and addresses (0) are never compared: nothing says that two of them are the same.
    """

    def __init__(self) -> None:
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self._listener_beats: dict[tuple[int, int], int] = {}
        self._address_beats: dict[tuple[int, int], int] = {}
        self._addresses: dict[int, int] = {}

    def add(self, listen: Listen) -> None:
        """Remembers a listen that was counted."""
        if listen.listener:
            span = (listen.started_ms, listen.started_ms + listen.played_ms)
            self._spans.setdefault(listen.listener, []).append(span)
            pair = (listen.listener, listen.beat)
            self._listener_beats[pair] = self._listener_beats.get(pair, 0) + 1
        if listen.address:
            pair = (listen.address, listen.beat)
            self._address_beats[pair] = self._address_beats.get(pair, 0) + 1
            self._addresses[listen.address] = self._addresses.get(listen.address, 0) + 1

    def overlap_ms(self, listen: Listen) -> int:
        """The longest time that one counted listen of the same listener ran at the same time.

        A listen takes at least as long as what was played of it, so somebody with one player never overlaps.
        """
        spans = self._spans.get(listen.listener)
        if not spans:
            return 0
        start, end = listen.started_ms, listen.started_ms + listen.played_ms
        return max(min(end, until) - max(start, since) for since, until in spans)

    def of_listener_and_beat(self, listen: Listen) -> int:
        """Counted listens of this beat by this listener."""
        return self._listener_beats.get((listen.listener, listen.beat), 0)

    def of_listener(self, listen: Listen) -> int:
        """Counted listens by this listener."""
        return len(self._spans.get(listen.listener, ()))

    def of_address_and_beat(self, listen: Listen) -> int:
        """Counted listens of this beat from this address."""
        return self._address_beats.get((listen.address, listen.beat), 0)

    def of_address(self, listen: Listen) -> int:
        """Counted listens from this address."""
        return self._addresses.get(listen.address, 0)
