"""A small world of money: beats, invented closed days of listening, subscribers, and days that go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from pyroaring import BitMap

from backline.catalog.models import Beat
from backline.listening.queries import AccountDayPlays, BeatDayPlays
from backline.money import actions, listens
from backline.money.listens import LaterChange
from backline.people import actions as people
from backline.people.models import Artist
from backline.shop import actions as shop
from backline.shop.models import Invoice, InvoiceChange, Plan, Subscription
from tests.listening.world import make_beat

FIRST = date(2026, 1, 1)
CLOSES_AFTER = timedelta(hours=72)


def noon(day: date) -> datetime:
    """The middle of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def closing(day: date) -> datetime:
    """When the day closes."""
    return listens.closes_at(day) + CLOSES_AFTER


@dataclass
class Listening:
    """Closed days as money reads them: plays by day, beat and account (below 0: a signed-out visitor)."""

    days: dict[date, Counter[tuple[int, int]]] = field(default_factory=dict)
    closed: date | None = None
    changes: list[LaterChange] = field(default_factory=list)
    accounts: dict[int, int] = field(default_factory=dict)

    def play(self, day: date, beat: Beat, *listeners: int, times: int = 1) -> None:
        for listener in listeners:
            self.days.setdefault(day, Counter())[beat.pk, listener] += times

    def last_closed_day(self) -> date | None:
        return self.closed

    def first_closed_day(self, last: date) -> date | None:
        return min(self.days, default=None)

    def day_plays(self, day: date) -> list[BeatDayPlays]:
        beats = sorted({beat for beat, _ in self.days.get(day, {})})
        return [self._beat(day, beat) for beat in beats]

    def _beat(self, day: date, beat: int) -> BeatDayPlays:
        rows = {who: count for (of, who), count in self.days[day].items() if of == beat}
        return BeatDayPlays(beat, sum(rows.values()), BitMap([who for who in rows if who > 0]).serialize())

    def account_plays(self, first: date, last: date) -> Iterator[AccountDayPlays]:
        for day in sorted(self.days):
            if first <= day <= last:
                for (beat, who), count in sorted(self.days[day].items()):
                    if who > 0:
                        yield AccountDayPlays(day, who, beat, count)

    def account_ids(self, numbers: Sequence[int]) -> dict[int, int]:
        return {number: self.accounts[number] for number in numbers if number in self.accounts}

    def later_changes(self, after_no: int, *, until: date) -> tuple[list[LaterChange], int]:
        found = [row for row in self.changes if row.no > after_no and row.decided_on <= until]
        return found, max([after_no, *(row.no for row in found)])

    def listeners_now(self, beat_ids: Sequence[int]) -> dict[int, bytes]:
        found = {}
        for beat in beat_ids:
            who = {who for rows in self.days.values() for of, who in rows if of == beat and who > 0}
            found[beat] = BitMap(sorted(who)).serialize()
        return found

    def plays_to(self, days: Mapping[int, date]) -> dict[int, int]:
        plays = dict.fromkeys(days, 0)
        for on, rows in self.days.items():
            for (beat, _), count in rows.items():
                if beat in plays and on <= days[beat]:
                    plays[beat] += count
        for change in self.changes:
            if change.beat_id in plays and change.decided_on <= days[change.beat_id]:
                plays[change.beat_id] += change.plays
        return plays

    def install(self, monkeypatch: pytest.MonkeyPatch) -> Listening:
        for name in (
            "last_closed_day", "first_closed_day", "day_plays", "account_plays", "account_ids", "later_changes",
            "listeners_now", "plays_to",
        ):  # fmt: skip
            monkeypatch.setattr(listens, name, getattr(self, name))
        return self


@dataclass
class World:
    """People who pay, beats that are heard, and the days between."""

    listening: Listening
    plan: Plan
    today: date = FIRST
    numbers: Counter[str] = field(default_factory=Counter)
    booked: int = 0

    def beat(self, artist: Artist, *guests: Artist, on: date = FIRST) -> Beat:
        """A public beat, first published on a day."""
        at = noon(on)
        beat = make_beat(artist, now=at, guests=dict.fromkeys(guests, at))
        Beat.objects.filter(pk=beat.pk).update(first_published_at=at, published_at=at)
        beat.refresh_from_db()
        return beat

    def subscriber(self, currency: str = "EUR", *, on: date = FIRST) -> Subscription:
        """Somebody with a plan."""
        number = self._number("subscriber")
        account = people.create_account(f"s{number}@example.com", name="", password=None, now=noon(on))
        self.listening.accounts[number] = account.pk
        return shop.start_subscription(
            account, plan=self.plan, currency=currency, external_id=f"sub_{number}", now=noon(on)
        )

    def invoice(
        self, subscription: Subscription, net: int, *, first: date, end: date, paid_on: date | None = None
    ) -> Invoice:
        """A paid invoice."""
        return shop.record_invoice(
            subscription,
            external_id=f"in_{self._number('invoice')}",
            paid_at=noon(paid_on or first),
            period_start=first,
            period_end=end,
            plan_net_minor=net,
            fee_minor=0,
            tax_minor=0,
        )

    def refund(self, invoice: Invoice, amount: int, *, on: date) -> None:
        """Part of an invoice went back."""
        external_id = f"re_{self._number('refund')}"
        shop.record_invoice_refund(invoice, external_id=external_id, amount_minor=amount, at=noon(on))

    def through(self, last: date) -> None:
        """Lets days go by until `last` has closed, and does on each what the worker would."""
        day = self.today
        while day <= last + CLOSES_AFTER + timedelta(days=1):
            self.on(day)
            day += timedelta(days=1)
        self.today = day

    def on(self, day: date) -> None:
        """What the worker does on a day: the one three days earlier has closed."""
        self.listening.closed = day - CLOSES_AFTER - timedelta(days=1)
        if self.booked < sum(self.numbers.values()):  # looking for facts on days without any takes time
            while actions.book_facts(now=noon(day)) or actions.book_sales(now=noon(day)):
                pass
            if not shop_waits(noon(day)):
                self.booked = sum(self.numbers.values())
        while actions.advance_day(now=noon(day)):
            pass

    def _number(self, what: str) -> int:
        self.numbers[what] += 1
        return self.numbers[what]


def shop_waits(now: datetime) -> bool:
    """Whether facts are recorded that have yet to happen."""
    changes = InvoiceChange.objects.filter(at__gt=now).exists()
    return changes or Invoice.objects.filter(paid_at__gt=now).exists()


def fans(count: int = 5, *, start: int = 1_000) -> range:
    """Account numbers of listeners."""
    return range(start, start + count)


def heard_equally(
    *artists: Artist, first: date, last: date, paid: int, until: date, monkeypatch: pytest.MonkeyPatch
) -> World:
    """Artists with a beat each that is heard equally from `first` to `last`; somebody paid for the days to `until`."""
    plan = shop.create_plan("Plus", prices={"EUR": 3_100}, licences_a_month=None, now=noon(first))
    world = World(Listening().install(monkeypatch), plan, first)
    world.invoice(world.subscriber(), paid, first=first, end=until)
    plays(world, {world.beat(artist, on=first): 5 for artist in artists}, first=first, last=last)
    world.through(last)
    return world


def plays(world: World, heard: Mapping[Beat, int], *, first: date, last: date) -> None:
    """Every day so many plays of each beat, by different listeners."""
    day = first
    while day <= last:
        for beat, count in heard.items():
            world.listening.play(day, beat, *fans(count))
        day += timedelta(days=1)
