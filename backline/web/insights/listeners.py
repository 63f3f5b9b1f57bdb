"""Top listeners of whole months: named only when they show themselves to producers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backline.listening import queries as listening
from backline.listening.queries.downloads import account_of
from backline.people import queries as people
from backline.web.insights.choices import Choices
from backline.web.insights.sheets import Sheet
from backline.web.insights.subject import Subject

MOST = 10


@dataclass(frozen=True)
class Listeners:
    """Named listeners, then all other accounts and all signed-out visitors as one row each.

    `rest` is None when plays of accounts were not counted apart: then `unnamed` are both together.
    """

    first: date
    last: date
    named: list[tuple[str, int]]
    accounts: int
    rest: int | None
    unnamed: int
    plays: int

    @property
    def guests(self) -> int | None:
        """Plays of signed-out visitors."""
        return None if self.rest is None else self.unnamed - self.rest

    def sheet(self) -> Sheet:
        """The same rows."""
        rows: list[list[str | int]] = [[name, plays] for name, plays in self.named]
        if self.rest is None:
            rows.append(["Other accounts and signed-out visitors", self.unnamed])
        else:
            rows.append([f"{self.accounts} other accounts", self.rest])
            rows.append(["Signed-out visitors", self.unnamed - self.rest])
        return Sheet("Top listeners", ("Listener", "Plays"), rows)


def top_listeners(subject: Subject, choices: Choices) -> Listeners | None:
    """The listeners of the whole months that a period touches; None when no such month is published yet."""
    period = choices.period
    found = listening.month_listeners(subject.scope, first=period.first_on, last=period.last_on)
    if found is None:
        return None
    named = _named(found.known)
    shown = sum(plays for _, plays in named)
    return Listeners(
        first=found.first,
        last=found.last,
        named=named,
        accounts=found.accounts - len(named),
        rest=None if found.account_plays is None else found.account_plays - shown,
        unnamed=found.plays - shown,
        plays=found.plays,
    )


def _named(known: tuple[listening.TopListener, ...]) -> list[tuple[str, int]]:
    """Those with most plays who show themselves to producers. Two reads."""
    keys = listening.account_keys([one.account for one in known])
    ids = {number: account_of(key) for number, key in keys.items()}
    names = people.shown_names({account_id for account_id in ids.values() if account_id is not None})
    found = [(names.get(ids.get(one.account) or 0, ""), one.plays) for one in known]
    return [(name, plays) for name, plays in found if name][:MOST]
