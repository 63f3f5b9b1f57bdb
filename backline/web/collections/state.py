"""What is chosen on My Collections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from backline.catalog.queries import shelf
from backline.catalog.queries.shelf import Narrowing
from backline.web.collections.forms import CollectionFilter
from backline.web.list_state import PLAYS, ListState, asked_in


@dataclass(frozen=True)
class State(ListState):
    """The choices on My Collections; `today` is the account's."""

    today: date

    PATH = "/dashboard/collections/"
    LIST = "collections"
    DEFAULT = "-updated"
    FIRST_DESCENDING = ("released", "beats", PLAYS, "updated")
    FOLDED = ("artwork", "least", "most", "created_from", "created_until", "updated_from", "updated_until")

    @property
    def show(self) -> str:
        """The group that is shown, empty for all."""
        return str(self.asked.get("show", ""))

    def narrowing(self) -> Narrowing:
        """The filters that the database applies."""
        asked = self.asked
        return Narrowing(
            today=self.today,
            words=asked.get("q", ""),
            show=self.show,
            artwork=asked.get("artwork", ""),
            artist=asked.get("by", ""),
            created_from_at=self.starts("created_from"),
            created_until_at=self.ends("created_until"),
            updated_from_at=self.starts("updated_from"),
            updated_until_at=self.ends("updated_until"),
        )


def state_of(form: CollectionFilter, *, artist: str, zone: ZoneInfo, now: datetime) -> State:
    """The form's choices."""
    asked = asked_in(form, columns={*shelf.SORTS, PLAYS}, default=State.DEFAULT)
    return State(artist, asked, zone, now.astimezone(zone).date())
