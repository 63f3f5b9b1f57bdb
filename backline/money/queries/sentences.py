"""What a row of Transactions says beside its status."""

from __future__ import annotations

from datetime import date, datetime

from backline.domain.currencies import format_amount
from backline.domain.earning_status import Place, Status
from backline.domain.payout_failures import failure_words
from backline.domain.transfer_rules import MOST_ATTEMPTS
from backline.money.queries.movements import Movement
from backline.money.rules import minimum

NOT_SET_UP = "Kept until payouts are set up"


def day_words(day: date | datetime) -> str:
    """A day as sentences have it, such as `9 Nov`."""
    return f"{day.day} {day:%b}"


def sentence(row: Movement, *, now: datetime) -> str:
    """The row's sentence."""
    if row.is_debt:
        return _debt(row)
    place = Place(row.place)
    if place is Place.AVAILABLE:
        return _available(row, now)
    if place is Place.SENDING and row.has_transfer:
        return _sending(row)
    if place is Place.CARRIED:
        return _carried(row)
    return _elsewhere(row, place)


def _debt(row: Movement) -> str:
    if row.place == Place.AVAILABLE:
        return "Refunded to the buyer, taken from your next transfer"
    return "Refunded to the buyer"


def _available(row: Movement, now: datetime) -> str:
    if row.failure:
        return row.transfer_note if row.transfer_note is not None else "It could not be sent"
    if row.account_state != "active":
        return NOT_SET_UP
    if row.holds_until and row.holds_until > now:
        return f"Transfers start on {day_words(row.holds_until)}, 72 hours after the payout account changed"
    return "Its transfer is made within minutes"


def _sending(row: Movement) -> str:
    if not row.attempts:
        return row.transfer_note or "The transfer is queued"
    number = f"Attempt {min(row.attempts, MOST_ATTEMPTS)} of {MOST_ATTEMPTS}"
    return f"{number}. {row.transfer_note}" if row.transfer_note else number


def _carried(row: Movement) -> str:
    there = row.amount_minor if row.carried_minor is None else row.carried_minor
    if there < 0:
        return "Less than nothing so far: taken from the next statement"
    amounts = format_amount(there, row.currency), format_amount(minimum(row.currency), row.currency)
    return f"Carried forward: {amounts[0]} of {amounts[1]}"


def _elsewhere(row: Movement, place: Place) -> str:
    if place is Place.HELD:
        return NOT_SET_UP
    if place is Place.SALE_HELD and row.sold_at and row.free_at:
        return f"Available {day_words(row.free_at)}, {(row.free_at - row.sold_at).days} days after the sale"
    if place is Place.CONNECTED and row.sent_at:
        return f"In your Stripe balance since {day_words(row.sent_at)}"
    if place is Place.PAYING and row.arrives_at:
        return f"On its way to your bank, expected {day_words(row.arrives_at)}"
    if place is Place.RETURNED:
        return f"Your bank returned it: {failure_words(row.failure)}"
    if place is Place.BANK:
        return f"Arrived {day_words(row.arrived_at or row.changed_at)}"
    return "Divided among the others" if row.status == Status.EXCLUDED else "Refunded to the buyer"
