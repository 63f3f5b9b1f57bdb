"""The invariants of money, each a generator of what breaks it. Nothing found means that every amount can be opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from backline.domain.accrual import MICRO
from backline.ledger import accounts
from backline.ledger.models import Posting
from backline.ledger.queries import Balance, balances
from backline.listening import queries as listening
from backline.listening.calendar import EPOCH
from backline.money.actions.accruing import corrected_days
from backline.money.actions.writing import unpack_lines
from backline.money.facts import booked_money, money_of_days
from backline.money.models import Accrual, Bucket, DayWeights, Heir, Hold, LateMoney, Settlement, Statement
from backline.money.packed import Damaged, digest, unpack
from backline.money.paying_checks import PAYING
from backline.money.shares import accrued_lines


@dataclass(frozen=True)
class Finding:
    """What breaks an invariant: its name, what it was found on, and a sentence."""

    invariant: str
    subject: str
    sentence: str


Found = Iterator[tuple[str, str]]
"""Subject and sentence."""


def check() -> list[Finding]:
    """Everything that does not hold, in the order of the invariants."""
    return [
        Finding(name, subject, sentence)
        for name, invariant in INVARIANTS.items()
        for subject, sentence in invariant()
    ]


def _weights() -> Found:
    for row in DayWeights.objects.order_by("day").iterator(1):
        try:
            columns = unpack(row.packed)
        except Damaged as problem:
            yield str(row.day), f"The stored weights are damaged: {problem}."
            continue
        if digest(columns) != row.digest:
            yield str(row.day), "The stored weights have another digest than when they were stored."
        if int(columns[2].sum()) != row.points or len(columns[2]) != row.lines:
            yield str(row.day), "The stored weights do not add up to their sum."


def _accruals() -> Found:
    for row in Accrual.objects.order_by("day", "currency").iterator(1):
        name = f"{row.kind} {row.day} {row.currency}"
        try:
            columns = unpack(row.packed)
        except Damaged as problem:
            yield name, f"The stored accrual is damaged: {problem}."
            continue
        if digest(columns) != row.digest:
            yield name, "The stored accrual has another digest than when it was stored."
        if (total := int(columns[-1].sum())) != row.bucket_minor * MICRO:
            yield name, f"{total} micro-units were given out, the bucket was {row.bucket_minor * MICRO}."


def _buckets() -> Found:
    """Each accrued bucket is what booked invoices paid for its days, less late money."""
    rows = Accrual.objects.exclude(kind=Accrual.Kind.CORRECTION).order_by("day")
    stored: dict[str, dict[date, int]] = {}
    for day, currency, bucket in rows.values_list("day", "currency", "bucket_minor"):
        stored.setdefault(currency, {})[day] = bucket
    for currency, days in stored.items():
        for day, amount in money_of_days(days.keys(), currency).items():
            if amount != days[day]:
                yield (
                    f"{day} {currency}",
                    f"The invoices say {amount}, the bucket was {days[day]} minor units.",
                )


def _paid() -> Found:
    """Σ buckets and late money = Σ booked invoices less what went back."""
    inside = Counter(dict(Bucket.objects.values_list("currency").annotate(Sum("paid_in_minor"))))
    inside.update(dict(LateMoney.objects.values_list("currency").annotate(Sum("amount_minor"))))
    for currency, amount in sorted(inside.items()):
        paid = sum(booked_money(EPOCH, date.max, currency).values())
        if paid != amount:
            yield currency, f"Invoices paid {paid} for the pool, the days hold {amount} minor units."


def _corrections() -> Found:
    late = LateMoney.objects.values_list("day", "currency").annotate(Sum("amount_minor"))
    sums = {(day, currency): amount for day, currency, amount in late}
    rows = Accrual.objects.filter(kind=Accrual.Kind.CORRECTION).order_by("day", "currency")
    done: Counter[tuple[date, str]] = Counter()
    for row in rows.iterator(1):
        done[row.day, row.currency] += row.bucket_minor
        *lines, _ = corrected_days(row.day, row.currency, row.of_month)
        if digest(lines) != digest(accrued_lines(row)):
            yield (
                f"{row.day} {row.currency}",
                f"The correction of {row.of_month:%Y-%m} computes to something else.",
            )
    for key in sorted(done):
        if done[key] != sums.get(key, 0):
            yield (
                f"{key[0]} {key[1]}",
                f"Late money is {sums.get(key, 0)}, its corrections {done[key]} minor units.",
            )


def _statements() -> Found:
    came = F("earned_minor") + F("bonus_minor") + F("carried_in_minor") + F("released_minor")
    kept = F("held_minor") + F("carried_out_minor") + F("excluded_minor")
    wrong = Statement.objects.exclude(payable_minor=came + F("written_off_minor") - kept)
    for row in wrong.defer("packed"):
        yield f"statement {row.pk}", "What came in is not what went out."
    for row in Statement.objects.order_by("pk").iterator(500):
        lines = unpack_lines(row.packed)
        minor, micro = sum(line.minor for line in lines), sum(line.micro_units for line in lines)
        if (minor, micro) != (row.earned_minor, row.micro_units):
            yield (
                f"statement {row.pk}",
                f"Its lines add up to {minor}, it says {row.earned_minor} minor units.",
            )


def _settlements() -> Found:
    """Σ statements = Σ accruals of the month's days, in each currency; what was excluded came back as bonus."""
    for row in Settlement.objects.exclude(state=Settlement.State.COMPUTING).order_by("month"):
        days = {"day__year": row.month.year, "day__month": row.month.month}
        pool = dict(
            Accrual.objects.filter(**days).values_list("currency").annotate(Sum("bucket_minor")).order_by()
        )
        sums = Statement.objects.filter(settlement=row).values_list("currency").order_by()
        earned = dict(sums.annotate(Sum("earned_minor")))
        expired = Hold.objects.filter(ended_in=row, state=Hold.State.EXPIRED).values_list("currency")
        back = Counter(dict(expired.annotate(Sum("amount_minor")).order_by()))
        back.update(dict(sums.annotate(Sum("excluded_minor"))))
        back.subtract(dict(sums.annotate(Sum("bonus_minor"))))
        for currency in sorted({*pool, *earned}):
            if pool.get(currency, 0) != earned.get(currency, 0):
                yield (
                    f"{row.month:%Y-%m} {currency}",
                    f"{pool.get(currency, 0)} accrued, {earned.get(currency, 0)} minor units are in statements.",
                )
            if back[currency]:
                yield f"{row.month:%Y-%m} {currency}", f"{back[currency]} minor units of bonus are missing."


def _ledger() -> Found:
    mixed = Posting.objects.exclude(currency=F("source__currency"), destination__currency=F("currency"))
    for posting in mixed:
        yield f"posting {posting.pk}", "Its currency is not that of both accounts."
    for row in Settlement.objects.filter(state=Settlement.State.CLOSED):
        said = Statement.objects.filter(settlement=row).aggregate(sum=Sum("payable_minor"))["sum"] or 0
        moved = Posting.objects.filter(
            entry__key__startswith=f"settlement:{row.month:%Y-%m}:",
            destination__address__endswith=":available",
        )
        if (there := moved.aggregate(sum=Sum("amount_minor"))["sum"] or 0) != said:
            yield f"{row.month:%Y-%m}", f"{said} minor units are payable, the ledger made {there} available."
    everything = balances("artist:")
    for name, stored in (("held", _held()), ("carried", _carried())):
        there = _of_condition(everything, name)
        for artist, currency in sorted(there.keys() | stored.keys()):
            has, says = there[artist, currency], stored[artist, currency]
            if has != says:
                yield (
                    f"artist {artist} {currency}",
                    f"{name}: the ledger has {has}, the statements say {says}.",
                )


def _held() -> Counter[tuple[int, str]]:
    rows = Hold.objects.filter(state=Hold.State.HELD).values_list("artist_id", "currency")
    return Counter({(artist, code): amount for artist, code, amount in rows.annotate(Sum("amount_minor"))})


def _carried() -> Counter[tuple[int, str]]:
    last = Settlement.objects.filter(state=Settlement.State.CLOSED).order_by("-month").first()
    heirs = dict(Heir.objects.values_list("source_id", "into_id"))
    found: Counter[tuple[int, str]] = Counter()
    rows = Statement.objects.filter(settlement=last).exclude(carried_out_minor=0)
    for artist, currency, amount in rows.values_list("artist_id", "currency", "carried_out_minor"):
        found[heirs.get(artist, artist), currency] += amount
    return found


def _of_condition(everything: list[Balance], condition: str) -> Counter[tuple[int, str]]:
    found: Counter[tuple[int, str]] = Counter()
    for row in everything:
        artist = accounts.artist_of(row.address)
        if artist is not None and row.address.endswith(f":{condition}") and row.amount_minor:
            found[artist, row.currency] = row.amount_minor
    return found


def _receipts() -> Found:
    """Every closed day: the plays of its beats are what the day counted at its close."""
    for day in listening.closed_days(EPOCH, date.max):
        plays = sum(row.plays for row in listening.beat_day_plays(day.day))
        if plays != day.counted:
            yield str(day.day), f"{day.counted} plays were counted at its close, its beats have {plays}."


INVARIANTS: dict[str, Callable[[], Found]] = {
    "Stored weights are as they were stored": _weights,
    "Σ accruals = buckets": _accruals,
    "Buckets = paid invoices": _buckets,
    "Σ buckets = Σ paid": _paid,
    "Corrections recompute": _corrections,
    "A statement = its lines": _statements,
    "Σ statements = Σ accruals": _settlements,
    "The ledger = the statements": _ledger,
    "Plays of closed days = receipts": _receipts,
    **PAYING,
}
