"""What is chosen on My Collections: filters, order and page, all of them in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from backline.catalog.queries import shelf
from backline.catalog.queries.shelf import Narrowing
from backline.web.collections.forms import CollectionFilter

PATH = "/dashboard/collections/"
PLAYS = "plays"
COLUMNS = (*shelf.SORTS, PLAYS)
DEFAULT = "-updated"
FIRST_DESCENDING = ("released", "beats", PLAYS, "updated")
FOLDED = {"artwork", "least", "most", "created_from", "created_until", "updated_from", "updated_until"}


@dataclass(frozen=True)
class State:
    """The choices as they are asked for; `asked` holds those that are not the default, by their name in the address.

    `today` is the account's, whose zone is `zone`.
    """

    artist: str
    asked: dict[str, Any]
    zone: ZoneInfo
    today: date

    @property
    def column(self) -> str:
        """The column that orders the list."""
        return self._sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Largest or latest first."""
        return self._sort.startswith("-")

    @property
    def show(self) -> str:
        """The group that is shown, empty for all."""
        return str(self.asked.get("show", ""))

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
        """How many of the filters behind *Artwork, plays, dates* are set."""
        return len(set(self.asked) & FOLDED)

    def narrowing(self) -> Narrowing:
        """The filters that the database applies; days are those of the account's zone."""
        asked = self.asked
        return Narrowing(
            today=self.today,
            words=asked.get("q", ""),
            show=self.show,
            artwork=asked.get("artwork", ""),
            artist=asked.get("by", ""),
            created_from_at=self._starts(asked.get("created_from")),
            created_until_at=self._ends(asked.get("created_until")),
            updated_from_at=self._starts(asked.get("updated_from")),
            updated_until_at=self._ends(asked.get("updated_until")),
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

    def _ends(self, day: date | None) -> datetime | None:
        return self._starts(day + timedelta(days=1)) if day and day.year < 9999 else None


def state_of(form: CollectionFilter, *, artist: str, zone: ZoneInfo, now: datetime) -> State:
    """The form's choices; an order that does not exist is the default."""
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
    if asked.get("sort", "").removeprefix("-") not in COLUMNS or asked.get("sort") == DEFAULT:
        asked.pop("sort", None)
    for name, default in (("size", 10), ("page", 1)):
        if asked.get(name) == default:
            del asked[name]
    return State(artist, asked, zone, now.astimezone(zone).date())
