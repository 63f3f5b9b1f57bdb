"""What a list of transactions is narrowed to, as the condition of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backline.core import sql
from backline.domain.earning_status import CARDS, TABS, Status
from backline.listening.calendar import reporting

SALES = ("exclusive", "track")


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty values narrow nothing. Days are reporting days, both included."""

    tab: str = "all"
    kind: str = ""
    first: date | None = None
    last: date | None = None
    search: str = ""
    card: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything beside the tab is left out."""
        return bool(self.kind or self.first or self.last or self.search.strip() or self.card in CARDS)


EVERYTHING = Filters()


class Condition:
    """Conditions of a statement, joined by AND, and their values."""

    def __init__(self, text: str, *values: object) -> None:
        self.texts, self.values = [text], list(values)

    def add(self, text: str, *values: object) -> None:
        """One more."""
        self.texts.append(text)
        self.values += values

    def add_any(self, column: str, wanted: tuple[str, ...], *, but: bool = False) -> None:
        """The column is one of these; with `but`, none of them."""
        self.add(f"{column} {'NOT ' if but else ''}IN ({sql.marks(wanted)})", *wanted)

    def __str__(self) -> str:
        return " AND ".join(self.texts)


def of_artist(artist_id: int, currency: str, filters: Filters = EVERYTHING) -> Condition:
    """The artist's rows of a currency under the filters, whichever their tab."""
    found = Condition("artist_id = %s AND currency = %s", artist_id, currency)
    if filters.kind:
        found.add("kind = %s", filters.kind)
    if filters.first:
        found.add("at >= %s", reporting().starts_at(filters.first))
    if filters.last:
        found.add("at < %s", reporting().starts_at(filters.last + timedelta(days=1)))
    if text := filters.search.strip():
        for sign in "!%_":
            text = text.replace(sign, f"!{sign}")
        # References are written in capitals.
        found.add("reference LIKE %s ESCAPE '!'", f"%{text.upper()}%")
    if filters.card in CARDS:
        found.add_any("place", CARDS[filters.card])
    if filters.card in ("queued", "transit"):
        found.add_any("status", (Status.QUEUED,), but=filters.card == "transit")
    return found


def in_tab(found: Condition, tab: str) -> Condition:
    """The same, of one tab; of all for any other word."""
    if tab == "sales":
        found.add_any("kind", SALES)
    elif tab == "subscriptions":
        found.add("kind = %s", "subscription")
    elif tab in TABS:
        found.add_any("status", TABS[tab])
    return found
