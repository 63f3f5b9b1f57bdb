"""What is chosen on My Beats."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from backline.catalog.queries import catalogue
from backline.catalog.queries.catalogue import Narrowing
from backline.web.beats.forms import BeatFilter
from backline.web.list_state import PLAYS, ListState, asked_in

POINTS = "points"
FIGURES = (PLAYS, "growth", POINTS)


class State(ListState):
    """The choices on My Beats."""

    PATH = "/dashboard/beats/"
    LIST = "beats"
    DEFAULT = "-updated"
    FIRST_DESCENDING = (*FIGURES, "completeness", "published", "updated", "length")
    FOLDED = ("credits", "genre", "artwork", "from_on", "until_on", "least", "most")

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
            artwork=asked.get("artwork", ""),
            from_at=self.starts("from_on"),
            until_at=self.ends("until_on"),
        )


def state_of(form: BeatFilter, *, artist: str, zone: ZoneInfo, sees_money: bool) -> State:
    """The form's choices; who sees no money cannot order by it."""
    columns = {*catalogue.SORTS, *FIGURES} - (set() if sees_money else {POINTS})
    return State(artist, asked_in(form, columns=columns, default=State.DEFAULT), zone)
