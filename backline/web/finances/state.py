"""What is chosen on Finances."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from backline.web.finances.forms import TransactionFilter
from backline.web.list_state import ListState, asked_in

NEWEST = "-on"


class State(ListState):
    """The choices among an artist's transactions."""

    PATH = "/dashboard/finances/"
    LIST = "transactions"
    DEFAULT = NEWEST
    FIRST_DESCENDING = ("on",)
    FOLDED = ()

    @property
    def tab(self) -> str:
        """The chosen tab."""
        return str(self.asked.get("tab", "all"))

    @property
    def currency(self) -> str:
        """The currency that was asked for, or none."""
        return str(self.asked.get("currency", ""))

    @property
    def open(self) -> str:
        """The key of the row that is expanded, or none."""
        return str(self.asked.get("open", ""))

    @property
    def is_narrowed(self) -> bool:
        """Something beside the tab is filtered out."""
        return bool({"q", "kind", "from_on", "until_on"} & set(self.asked))

    def address(self, path: str = "", **changes: Any) -> str:
        """Another choice folds the expanded row away."""
        return super().address(path, **{"open": None, **changes})

    def narrowing(self) -> dict[str, Any]:
        """The filters, by the names they have in the reads of money."""
        return {
            "tab": self.tab,
            "kind": self.asked.get("kind", ""),
            "first": self.first_on,
            "last": self.last_on,
            "search": self.asked.get("q", ""),
        }

    @property
    def first_on(self) -> date | None:
        """The first day that is asked for: reporting days, as all of money."""
        day: date | None = self.asked.get("from_on")
        return day

    @property
    def last_on(self) -> date | None:
        """The last day that is asked for."""
        day: date | None = self.asked.get("until_on")
        return day


def state_of(form: TransactionFilter, *, artist: str, zone: ZoneInfo) -> State:
    """The form's choices."""
    asked = asked_in(form, columns={"on"}, default=NEWEST)
    if asked.get("tab") == "all":
        del asked["tab"]
    return State(artist, asked, zone)
