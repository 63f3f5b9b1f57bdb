"""What is chosen on My Beats."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from backline.catalog.queries import catalogue
from backline.catalog.queries.catalogue import Narrowing
from backline.web.beats.forms import BeatFilter
from backline.web.list_state import PLAYS, ListState, asked_in

POINTS = "points"
POINTS_RANGE = ("points_from", "points_to")
FIGURES = (PLAYS, "growth", POINTS)


class State(ListState):
    """The choices on My Beats."""

    PATH = "/dashboard/beats/"
    LIST = "beats"
    DEFAULT = "-updated"
    FIRST_DESCENDING = (*FIGURES, "completeness", "published", "updated", "length")
    FOLDED = (
        *("credits", "genre", "licensing", "artwork", "from_on", "until_on"),
        *("least", "most", "points_from", "points_to"),
    )

    @property
    def is_unordered(self) -> bool:
        """The last changed come first, as nothing else was asked for."""
        return "sort" not in self.asked

    @property
    def needs_points(self) -> bool:
        """Pool points order or narrow the list."""
        return self.column == POINTS or any(name in self.asked for name in POINTS_RANGE)

    def within_points(self, ids: list[int], points: Mapping[int, int]) -> list[int]:
        """Those of `ids` whose micro-points are in the range that is asked for; a beat without any has 0."""
        least, most = (self.asked.get(name) for name in POINTS_RANGE)
        if least is None and most is None:
            return ids
        low, high = micro(least or 0), micro(most) if most is not None else None
        return [n for n in ids if low <= points.get(n, 0) and (high is None or points.get(n, 0) <= high)]

    def narrowing(self) -> Narrowing:
        """The filters that the database applies."""
        asked = self.asked
        return Narrowing(
            words=asked.get("q", ""),
            state=asked.get("state", ""),
            review=asked.get("review", ""),
            collection=asked.get("collection", ""),
            credits=asked.get("credits", ""),
            genre=asked.get("genre", ""),
            licensing=asked.get("licensing", ""),
            artwork=asked.get("artwork", ""),
            from_at=self.starts("from_on"),
            until_at=self.ends("until_on"),
        )


def micro(points: Decimal | int) -> int:
    """Whole micro-points of pool points as a person writes them."""
    return int(points * 1_000_000)


def state_of(form: BeatFilter, *, artist: str, zone: ZoneInfo, sees_money: bool) -> State:
    """The form's choices; who sees no money cannot order by it."""
    columns = {*catalogue.SORTS, *FIGURES} - (set() if sees_money else {POINTS})
    asked = asked_in(form, columns=columns, default=State.DEFAULT)
    if not sees_money:
        asked = {name: value for name, value in asked.items() if name not in POINTS_RANGE}
    return State(artist, asked, zone)
