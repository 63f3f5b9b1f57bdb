"""What is chosen on My Beats: filters, order and page, all of them in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from backline.catalog.queries import catalogue
from backline.catalog.queries.catalogue import Narrowing
from backline.web.beats.forms import BeatFilter

PATH = "/dashboard/beats/"
FIGURES = ("plays", "growth", "points")
COLUMNS = (*catalogue.SORTS, *FIGURES)
DEFAULT = "-updated"
FIRST_DESCENDING = ("plays", "growth", "points", "completeness", "published", "updated", "length")


@dataclass(frozen=True)
class State:
    """The choices as they are asked for; `asked` holds those that are not the default, by their name in the address."""

    artist: str
    asked: dict[str, Any]
    zone: ZoneInfo

    @property
    def column(self) -> str:
        """The column that orders the list."""
        return self._sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Largest or latest first."""
        return self._sort.startswith("-")

    @property
    def page(self) -> int:
        """From 1."""
        return int(self.asked.get("page", 1))

    @property
    def size(self) -> int:
        """Rows a page."""
        return int(self.asked.get("size", 10))

    @property
    def plays_range(self) -> tuple[int | None, int | None]:
        """The least and most plays wanted."""
        return self.asked.get("least"), self.asked.get("most")

    @property
    def is_narrowed(self) -> bool:
        """Something is filtered out."""
        return bool(set(self.asked) - {"sort", "size", "page"})

    @property
    def folded(self) -> int:
        """How many of the filters behind *More filters* are set."""
        return len(set(self.asked) & {"credits", "genre", "artwork", "from_on", "until_on", "least", "most"})

    def narrowing(self) -> Narrowing:
        """The filters that the database applies; days are those of the account's zone."""
        asked = self.asked
        until = asked.get("until_on")
        return Narrowing(
            words=asked.get("q", ""),
            state=asked.get("state", ""),
            review=asked.get("review", ""),
            collection=asked.get("collection", ""),
            credits=asked.get("credits", ""),
            genre=asked.get("genre", ""),
            artwork=asked.get("artwork", ""),
            from_at=self._starts(asked.get("from_on")),
            until_at=self._starts(until + timedelta(days=1)) if until and until.year < 9999 else None,
        )

    def address(self, path: str = PATH, **changes: Any) -> str:
        """The page with some choices changed, from its first page; None takes a choice away."""
        asked = {"artist": self.artist, **self.asked, "page": None, **changes}
        return (
            f"{path}?{urlencode({name: value for name, value in asked.items() if value not in (None, '')})}"
        )

    def sorted_by(self, column: str) -> str:
        """The address that orders by a column, the other way round when it does already."""
        descending = not self.descending if column == self.column else column in FIRST_DESCENDING
        return self.address(sort=f"-{column}" if descending else column)

    @property
    def _sort(self) -> str:
        return str(self.asked.get("sort", DEFAULT))

    def _starts(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time(), self.zone) if day else None


def state_of(form: BeatFilter, *, artist: str, zone: ZoneInfo, sees_money: bool) -> State:
    """The form's choices; an order that does not exist, or by money for who sees none, is the default."""
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
    column = asked.get("sort", "").removeprefix("-")
    if column not in COLUMNS or (column == "points" and not sees_money) or asked.get("sort") == DEFAULT:
        asked.pop("sort", None)
    for name, default in (("size", 10), ("page", 1)):
        if asked.get(name) == default:
            del asked[name]
    return State(artist, asked, zone)
