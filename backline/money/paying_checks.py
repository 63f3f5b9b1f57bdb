"""The invariants of paying artists, each a generator of what breaks it, as in `checks`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from backline.domain.earning_status import Place
from backline.ledger import accounts
from backline.ledger.queries import balances
from backline.money.models import (
    BalanceLine,
    Earning,
    Payout,
    ProviderFunds,
    ProviderPoll,
    Settlement,
    Statement,
    Transfer,
    TransferAttempt,
)

Found = Iterator[tuple[str, str]]
_OURS = [place for place in Place if place not in (Place.BANK, Place.GONE)]


def _rows_and_ledger() -> Found:
    """Σ rows of a place = the artist's account of that condition; skipped while statements are being listed."""
    if Settlement.objects.filter(state=Settlement.State.CLOSED, listed__lt=F("chunks")).exists():
        return
    rows: Counter[tuple[str, str]] = Counter()
    sums = Earning.objects.filter(place__in=_OURS).order_by().values_list("artist", "place", "currency")
    for artist, place, currency, amount in sums.annotate(Sum("amount_minor")):
        rows[f"artist:{artist}:{place}", currency] += amount
    ledger = {(row.address, row.currency): row.amount_minor for row in balances("artist:")}
    for address, currency in sorted({*rows, *ledger}):
        there, said = ledger.get((address, currency), 0), rows[address, currency]
        if there != said:
            yield (
                f"{address} {currency}",
                f"The ledger has {there}, the rows of Transactions {said} minor units.",
            )


def _transfers_and_rows() -> Found:
    """A transfer under way or sent carries what its rows say, less what was taken back of it."""
    live = Transfer.objects.exclude(state__in=(Transfer.State.FAILED, Transfer.State.CANCELLED))
    carried = live.annotate(sum=Coalesce(Sum("earnings__amount_minor"), 0))
    for row in carried.exclude(sum=F("amount_minor") - F("reversed_minor")):
        yield (
            f"transfer {row.pk}",
            f"It is of {row.amount_minor - row.reversed_minor}, its rows are {row.sum} minor units.",
        )


def _statements_and_transfers() -> Found:
    """Transfers = statements − carried − held: all of a closed settlement is in one place."""
    for row in Settlement.objects.filter(state=Settlement.State.CLOSED, listed=F("chunks")):
        said = Statement.objects.filter(settlement=row).order_by().values_list("currency")
        amounts = F("earned_minor") + F("bonus_minor") + F("written_off_minor") - F("excluded_minor")
        brought = dict(said.annotate(sum=Sum(amounts)))
        rows = Earning.objects.filter(statement__settlement=row).exclude(statement__state="excluded")
        listed = dict(rows.order_by().values_list("currency").annotate(Sum("amount_minor")))
        for currency in sorted({*brought, *listed}):
            if brought.get(currency, 0) != listed.get(currency, 0):
                yield (
                    f"{row.month:%Y-%m} {currency}",
                    f"Statements brought {brought.get(currency, 0)}, their rows {listed.get(currency, 0)} minor units.",
                )


def _sent_once() -> Found:
    """What was sent has one attempt that was answered; nothing that failed has."""
    answered = Q(attempts__outcome=TransferAttempt.Outcome.SENT)
    counted = Transfer.objects.filter(account__provider="stripe").annotate(
        answers=Count("attempts", filter=answered)
    )
    for row in counted.filter(state=Transfer.State.SENT).exclude(answers=1):
        yield f"transfer {row.pk}", "It was sent without one answered attempt."
    for row in counted.exclude(state=Transfer.State.SENT).exclude(answers=0):
        yield f"transfer {row.pk}", f"It is {row.state}, and an attempt says that it was sent."


def _payouts() -> Found:
    """What is on its way to a bank is what the payouts under way pay."""
    pending = Payout.objects.filter(state=Payout.State.PENDING).order_by().values_list("artist", "currency")
    said = Counter(
        {(artist, currency): total for artist, currency, total in pending.annotate(Sum("amount_minor"))}
    )
    there = Counter(
        {
            (accounts.artist_of(row.address), row.currency): row.amount_minor
            for row in balances("artist:")
            if row.address.endswith(":paying")
        }
    )
    for key in sorted({*said, *there}, key=str):
        if there[key] > said[key]:
            yield (
                f"artist {key[0]} {key[1]}",
                f"{there[key]} is on its way, payouts are of {said[key]} minor units.",
            )


def _balance() -> Found:
    """What Stripe last said of the platform's balance = its balance transactions, once all were taken in."""
    if not ProviderPoll.objects.filter(what=ProviderPoll.BALANCE).exists():
        return
    amounts = F("amount_minor") - F("fee_minor")
    lines = dict(BalanceLine.objects.order_by().values_list("currency").annotate(sum=Sum(amounts)))
    newest = BalanceLine.objects.order_by("-happened_at").values_list("happened_at", flat=True).first()
    for row in ProviderFunds.objects.all():
        total = row.available_minor + row.pending_minor
        if newest and row.at >= newest and lines.get(row.currency, 0) != total:
            yield (
                row.currency,
                f"Stripe holds {total}, its transactions say {lines.get(row.currency, 0)} minor units.",
            )


def _unmatched() -> Found:
    """Every balance transaction is one thing of ours, or staff have said what it is."""
    for line in BalanceLine.objects.filter(match=None, settled_at=None).order_by("happened_at", "pk"):
        note = f" {line.note}." if line.note else ""
        yield line.external_id, f"{line.kind} of {line.amount_minor} {line.currency} has no match.{note}"


PAYING: dict[str, Callable[[], Found]] = {
    "Transactions = the ledger": _rows_and_ledger,
    "Transfers = their rows": _transfers_and_rows,
    "Statements = their rows": _statements_and_transfers,
    "Sent once": _sent_once,
    "Payouts under way": _payouts,
    "Stripe's balance = its transactions": _balance,
    "Stripe's transactions have a match": _unmatched,
}
