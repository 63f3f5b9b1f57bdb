"""Whether two recordings are the same, by their fingerprints: rows of 32-bit words, one for each 40 ms.

Two beats are duplicates when, laid over each other at the best place, at least 60 % of the shorter one lie in pieces in
each of which at most `THRESHOLD` of the bits differ. Unrelated sound differs in half of them. The method is that of
Haitsma and Kalker (ISMIR 2002); the threshold is measured by `bench.audio`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

FRAME_MS = 40
THRESHOLD = 0.15  # share of bits that differ
COVERED = 0.6  # of the shorter recording
SHARED_TERMS = 10  # fewer in common with the index: not worth comparing
ALIGNED = 50  # recordings compared at most
WORD = 4  # bytes, most significant first; 0 stands for silence
PIECE = 50 * WORD  # bytes judged together: 2 s
PLACES = 64  # of one word that are remembered: a held note or a loop has many
TRIED = 8  # alignments looked at, each with its neighbours


@dataclass(frozen=True)
class Match:
    """The best way to lay one recording over another."""

    error: float  # 60 % of the shorter lie in pieces of which no greater share of bits differs
    offset: int  # frames by which the second has to be shifted to the right

    @property
    def duplicate(self) -> bool:
        """Whether the two are the same recording."""
        return self.error <= THRESHOLD

    @property
    def alike_bp(self) -> int:
        """How alike, in basis points: all bits equal is 10,000; half of them, as between unrelated sounds, 0."""
        return max(0, round((1 - 2 * self.error) * 10_000))


class Print:
    """A fingerprint made ready for comparing with many."""

    def __init__(self, words: bytes) -> None:
        self.words = words
        self.heard = b"".join(
            b"\xff" * WORD if word != bytes(WORD) else bytes(WORD) for word in _split(words)
        )
        self.bits = int.from_bytes(self.heard).bit_count()
        self._places: dict[bytes, list[int]] = {}
        for place, word in enumerate(_split(words)):
            if word != bytes(WORD) and len(places := self._places.setdefault(word, [])) < PLACES:
                places.append(place)

    def count(self, terms: Iterable[int]) -> int:
        """How many of another recording's terms occur in this one."""
        return sum(term.to_bytes(WORD, "big") in self._places for term in terms)

    def distinct(self) -> list[int]:
        """The different words: what the index is asked for."""
        return [int.from_bytes(word, "big") for word in self._places]

    def match(self, other: Print) -> Match | None:
        """How the other recording fits this one best; None when no stretch of 60 % of the shorter overlaps."""
        found = [self._at(other, offset) for offset in self._offsets(other)]
        return min((match for match in found if match), key=lambda match: match.error, default=None)

    def _offsets(self, other: Print) -> list[int]:
        """Shifts of the other at which most words are equal, and their neighbours.

        A loop fits itself at every repetition, some nearer to our frames than the true place: shifts that leave too
        little of an overlap are no candidates.
        """
        votes: Counter[int] = Counter()
        for place, word in enumerate(_split(other.words)):
            votes.update(here - place for here in self._places.get(word, ()))
        mine, theirs = len(self.words) // WORD, len(other.words) // WORD
        wanted = COVERED * min(self.bits, other.bits) / (WORD * 8)
        overlapping = (
            offset for offset, _ in votes.most_common() if min(mine - offset, theirs + offset) >= wanted
        )
        best = islice(overlapping, TRIED)
        return list(dict.fromkeys(near for offset in best for near in (offset, offset - 1, offset + 1)))

    def _at(self, other: Print, offset: int) -> Match | None:
        start, shift = max(offset, 0) * WORD, max(-offset, 0) * WORD
        length = min(len(self.words) - start, len(other.words) - shift)
        pieces = sorted(
            self._piece(other, start + at, shift + at, min(PIECE, length - at))
            for at in range(0, length, PIECE)
        )
        wanted, bits = COVERED * min(self.bits, other.bits), 0
        for error, count in pieces:
            bits += count
            if bits >= wanted > 0:
                return Match(error, offset)
        return None

    def _piece(self, other: Print, start: int, shift: int, length: int) -> tuple[float, int]:
        """Share of differing bits, and how many were compared: those where neither is silent."""
        mine, theirs = slice(start, start + length), slice(shift, shift + length)
        both = int.from_bytes(self.heard[mine]) & int.from_bytes(other.heard[theirs])
        differ = (int.from_bytes(self.words[mine]) ^ int.from_bytes(other.words[theirs])) & both
        bits = both.bit_count()
        return (differ.bit_count() / bits, bits) if bits else (1.0, 0)


def worth_comparing(shared: Mapping[int, int]) -> list[int]:
    """Of recordings and the number of terms they share with the one asked about: whom to compare, best first.

    >>> worth_comparing({7: 3, 8: 40, 9: 10})
    [8, 9]
    """
    enough = [(count, recording) for recording, count in shared.items() if count >= SHARED_TERMS]
    return [recording for _, recording in sorted(enough, key=lambda pair: (-pair[0], pair[1]))[:ALIGNED]]


def _split(words: bytes) -> list[bytes]:
    return [words[at : at + WORD] for at in range(0, len(words) - WORD + 1, WORD)]
