"""What is chosen on a list that is filtered, ordered and paged: all of it in the address."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms

from backline.catalog.queries.catalogue import DRAWN_ART, NO_ART, OWN_ART

SIZES = (10, 20, 50)
PLAYS = "plays"
Choices = Sequence[tuple[str, str]]
ARTWORK: Choices = [
    ("", "Any artwork"),
    (OWN_ART, "Own cover"),
    (DRAWN_ART, "Generated cover"),
    (NO_ART, "Missing"),
]
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9998, 12, 31)


class ListFilter(forms.Form):
    """What every such list may be asked for. What makes no sense is ignored."""

    q = forms.CharField(required=False, max_length=80, strip=True)
    least = forms.IntegerField(required=False, min_value=0, max_value=10**12)
    most = forms.IntegerField(required=False, min_value=0, max_value=10**12)
    sort = forms.CharField(required=False, max_length=20)
    size = forms.TypedChoiceField(required=False, choices=[(n, n) for n in SIZES], coerce=int)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        # As they follow each other in the address: what narrows first, then the order and the page.
        self.order_fields(sorted(self.fields, key=("sort", "size", "page").__contains__))


@dataclass(frozen=True)
class ListState:
    """The choices; `asked` holds those that are not the default, by their name in the address.

    Days that are asked for are those of `zone`, the account's.
    """

    artist: str
    asked: dict[str, Any]
    zone: ZoneInfo

    PATH: ClassVar[str]
    LIST: ClassVar[str]
    """What the list and, with more behind it, its filters are called on the page."""
    DEFAULT: ClassVar[str]
    FIRST_DESCENDING: ClassVar[Collection[str]]
    """Columns whose first click puts the largest or latest first."""
    FOLDED: ClassVar[Collection[str]]
    """Filters that are folded away until one is set."""

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
        return int(self.asked.get("size", SIZES[0]))

    @property
    def needs_plays(self) -> bool:
        """Plays order or narrow the list."""
        return self.column == PLAYS or self._least is not None or self._most is not None

    @property
    def is_narrowed(self) -> bool:
        """Something is filtered out."""
        return bool(set(self.asked) - {"sort", "size", "page"})

    @property
    def folded(self) -> int:
        """How many of the folded filters are set."""
        return len(set(self.asked) & set(self.FOLDED))

    def address(self, path: str = "", **changes: Any) -> str:
        """The page with some choices changed, from its first page; None takes a choice away."""
        asked = {"artist": self.artist, **self.asked, "page": None, **changes}
        kept = {name: value for name, value in asked.items() if value not in (None, "")}
        return f"{path or self.PATH}?{urlencode(kept)}"

    def sorted_by(self, column: str) -> str:
        """The address that orders by a column, the other way round when it does already."""
        descending = not self.descending if column == self.column else column in self.FIRST_DESCENDING
        return self.address(sort=f"-{column}" if descending else column)

    def within_plays(self, ids: list[int], plays: Mapping[int, int]) -> list[int]:
        """Those of `ids` that have as many plays as are asked for; `plays` may be empty unless `needs_plays`."""
        least, most = self._least, self._most
        if least is not None:
            ids = [number for number in ids if plays[number] >= least]
        if most is not None:
            ids = [number for number in ids if plays[number] <= most]
        return ids

    @property
    def _least(self) -> int | None:
        return self.asked.get("least")

    @property
    def _most(self) -> int | None:
        return self.asked.get("most")

    @property
    def _sort(self) -> str:
        return str(self.asked.get("sort", self.DEFAULT))

    def starts(self, name: str) -> datetime | None:
        """The instant at which the day asked for as `name` begins."""
        day = self._day(name)
        return datetime.combine(day, time(), self.zone) if day else None

    def ends(self, name: str) -> datetime | None:
        """The instant at which the day asked for as `name` is over."""
        day = self._day(name)
        return datetime.combine(day + timedelta(days=1), time(), self.zone) if day else None

    def _day(self, name: str) -> date | None:
        """Days beyond what every zone can count are the first and last that it can."""
        day: date | None = self.asked.get(name)
        return min(max(day, FIRST_DAY), LAST_DAY) if day else None


def asked_in(form: forms.Form, *, columns: Collection[str], default: str) -> dict[str, Any]:
    """What a form of filters asks for beside the defaults; an order that does not exist is the default."""
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
    if asked.get("sort", "").removeprefix("-") not in columns or asked.get("sort") == default:
        asked.pop("sort", None)
    for name, first in (("size", SIZES[0]), ("page", 1)):
        if asked.get(name) == first:
            del asked[name]
    return asked
