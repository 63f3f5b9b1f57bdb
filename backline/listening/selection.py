"""Which plays a case would withdraw: one piece of code for the preview and for the run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from backline.listening.calendar import reporting, to_date, to_ms
from backline.listening.store import open_store
from backline.listening.store.rows import COUNTED, LoggedListen

ADDRESSES_SHOWN = 10
PORTION = 5_000


class SelectionError(ValueError):
    """No selection is meant; the message is a sentence for the person who asked."""


@dataclass(frozen=True)
class Selection:
    """Counted listens of a beat that began in [from_at, until_at), up to a log row; of one address when given.

    An address has a number only within its reporting day, so the selection must then lie in one.

    Raises:
        SelectionError: it spans no time, or several days with an address.
    """

    beat_id: int
    from_at: datetime
    until_at: datetime
    address: int | None = None
    through_seq: int | None = None

    def __post_init__(self) -> None:
        if self.until_at <= self.from_at:
            raise SelectionError("The selection ends before it begins.")
        if self.address is not None and len(set(self.days)) > 1:
            raise SelectionError("An address has its number for one reporting day only: select a single day.")

    @property
    def days(self) -> tuple[int, int]:
        """The numbers of the first and last reporting day."""
        first, _ = reporting().day_and_hour(to_ms(self.from_at))
        last, _ = reporting().day_and_hour(to_ms(self.until_at) - 1)
        return first, last


@dataclass(frozen=True)
class Selected:
    """The plays of a selection, the last received first."""

    listens: tuple[LoggedListen, ...]

    @property
    def plays(self) -> int:
        """How many."""
        return len(self.listens)

    @property
    def accounts(self) -> int:
        """How many different accounts they are of."""
        return len({listen.listener for listen in self.listens if listen.listener > 0})

    @property
    def signed_out(self) -> int:
        """How many of them are signed-out visitors' plays."""
        return sum(listen.listener <= 0 for listen in self.listens)

    @property
    def by_day(self) -> list[tuple[date, int]]:
        """Plays by reporting day, oldest first."""
        counts = Counter(listen.day for listen in self.listens)
        return [(to_date(day), counts[day]) for day in sorted(counts)]

    @property
    def by_address(self) -> list[tuple[int, int]]:
        """The addresses (numbers of the day) with the most plays."""
        counts = Counter(listen.address for listen in self.listens if listen.address)
        return sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:ADDRESSES_SHOWN]

    @property
    def closed_plays(self) -> int:
        """How many are on closed days, whose money was already shared out."""
        return closed_of([listen.day for listen in self.listens])

    @property
    def last_seq(self) -> int:
        """The highest log row among them, 0 without any."""
        return max((listen.seq for listen in self.listens), default=0)

    @property
    def digest(self) -> str:
        """Equal exactly when the same plays are selected."""
        rows = ",".join(str(listen.seq) for listen in self.listens)
        return hashlib.sha256(rows.encode()).hexdigest()[:32]


def selected(selection: Selection) -> Selected:
    """The plays of a selection as of now."""
    from_ms, until_ms = to_ms(selection.from_at), to_ms(selection.until_at)
    return Selected(
        tuple(
            listen
            for listen in _counted(selection)
            if from_ms <= listen.started_ms < until_ms
            and (selection.address is None or listen.address == selection.address)
        )
    )


def _counted(selection: Selection) -> Iterator[LoggedListen]:
    """The beat's counted listens of the selection's days, read a portion at a time."""
    before = None if selection.through_seq is None else selection.through_seq + 1
    while rows := open_store().judged(selection.beat_id, *selection.days, limit=PORTION, before=before):
        yield from (row.listen for row in rows if row.verdict == COUNTED)
        before = rows[-1].listen.seq


def closed_of(days: Iterable[int]) -> int:
    """How many of these day numbers are closed days."""
    last = open_store().last_closed()
    return 0 if last is None else sum(day <= last for day in days)
