"""What Overall would say if one component of one artist changed and nobody else moved: exact, on two snapshots.

A change moves the artist in one board, and so what that board counts for whoever it passes. Only those whose Overall
score is within one place of the board can change sides with the artist; all others keep theirs, so few rows are read.
"""

from __future__ import annotations

from backline.domain.ranking import FULL, STEP, component, overall_score
from backline.standing.snapshots.sheets import Row, Sheet

Key = tuple[int, int]


class Lift:
    """One artist, its Overall, and one component board with its weight in percent."""

    def __init__(self, overall: Sheet, row: Row, board: Sheet, *, weight: int) -> None:
        self._overall, self._row, self._board, self._weight = overall, row, board, weight
        self.own = board.of(row.artist_id)
        self.key: Key = (self.own.score, self.own.second) if self.own else (0, 0)
        self._ranked = board.ranked + (0 if self.own else 1)
        self._twice: dict[int, tuple[Key, int] | None] = {}

    def highest(self) -> int:
        """The best score on the component's board, 0 when nobody is ranked."""
        return self._board.at(0).score if self._board.ranked else 0

    def rank_on_board(self, key: Key) -> int:
        """The artist's rank on the component's board with this key."""
        return self._board.above(key) + 1

    def enough(self, key: Key) -> bool:
        """Whether the artist's Overall rank is better with this key; never with one that is no better than its own."""
        return key > self.key and self.rank(key) < self._row.rank

    def rank(self, key: Key) -> int:
        """The artist's Overall rank with this key, which is higher than the present one."""
        above, equal = self._board.above(key), self._equal(key)
        mine = component(below=self._ranked - 1 - above - equal, equal=equal, ranked=self._ranked)
        gained = self._weight * (mine - self._board.component(self.own))
        score = overall_score(self._row.details["sum"] + gained)
        # A passed artist loses a place of the board at most; one more on the board moves nobody by more than that.
        reach = self._weight * (FULL // max(1, self._ranked - 1) + 1) // STEP + 2
        first = self._overall.above((score + reach, 0))
        last = self._overall.above((score - reach - 1, 0))
        near = (self._overall.at(place) for place in range(first, last) if place != self._row.place)
        return 1 + first + sum(self._score_of(other, key) > score for other in near)

    def _equal(self, key: Key) -> int:
        return self._board.above((key[0], key[1] - 1)) - self._board.above(key)

    def _score_of(self, other: Row, key: Key) -> int:
        """Another artist's Overall score once this artist has the key."""
        known = self._place_of(other.artist_id)
        if known is None:
            return other.score
        its_key, twice = known
        # What this artist counts for the other: 2 below it, 1 beside it, 0 above it.
        now = _counts(self.key, its_key) if self.own else 0
        then = _counts(key, its_key)
        before = self._points(twice, self._board.ranked)
        after = self._points(twice - now + then, self._ranked)
        return overall_score(other.details["sum"] + self._weight * (after - before))

    def _place_of(self, artist_id: int) -> tuple[Key, int] | None:
        """Another artist's key on the board, and twice those below it plus those beside it."""
        if artist_id not in self._twice:
            row = self._board.of(artist_id)
            twice = 2 * (self._board.ranked - row.last) + row.last - row.rank if row else 0
            self._twice[artist_id] = ((row.score, row.second), twice) if row else None
        return self._twice[artist_id]

    @staticmethod
    def _points(twice: int, ranked: int) -> int:
        return component(below=0, equal=twice, ranked=ranked)


def _counts(key: Key, other: Key) -> int:
    return 2 if key < other else 1 if key == other else 0
