"""What the worker does for money."""

from __future__ import annotations

import logging
from datetime import date

from backline.core import clock
from backline.listening.calendar import reporting
from backline.money import actions
from backline.money.actions.events import handle_next
from backline.money.actions.looking import look_at_next
from backline.money.actions.reconciling import reconcile_due
from backline.money.checks import check

log = logging.getLogger("backline.money")
NIGHT_HOUR = 3
_checked: list[date] = []


def advance_pool() -> bool:
    """Books facts, weighs closed days, accrues them."""
    return actions.advance_pool(now=clock.now())


def correct_cases() -> bool:
    """Books what decided and reversed cases want of closed days."""
    return actions.correct_cases(now=clock.now())


def settle() -> bool:
    """Finishes what was begun, or settles a month that is due."""
    return actions.settle_due(now=clock.now())


def list_earnings() -> bool:
    """Makes the rows of Transactions of what was settled, and of sales booked before there were rows."""
    now = clock.now()
    return actions.list_statements(now=now) or actions.list_sales(now=now)


def queue_transfers() -> bool:
    """Queues what is available for artists who can be paid."""
    return actions.queue_transfers(now=clock.now()) > 0


def send_transfer() -> bool:
    """Makes the next attempt to send a transfer, or takes back what a refund wants."""
    now = clock.now()
    return actions.send_next(now=now) or actions.reverse_next(now=now)


def handle_event() -> bool:
    """Handles the next event of Stripe."""
    return handle_next(now=clock.now())


def poll_events() -> bool:
    """Asks Stripe for events whose webhook did not come."""
    return actions.poll_events(now=clock.now())


def look_at_accounts() -> bool:
    """Asks Stripe how a payout account stands that is due, and for its payouts."""
    return look_at_next(now=clock.now())


def reconcile() -> bool:
    """Matches Stripe's balance transactions with our own records, now and then."""
    return reconcile_due(now=clock.now())


def check_money() -> bool:
    """Every night, once: says in the log what does not hold."""
    now = clock.now()
    today = reporting().today(now)
    if now.astimezone(reporting().zone).hour < NIGHT_HOUR or _checked == [today]:
        return False
    _checked[:] = [today]
    for finding in check():
        log.error("%s: %s: %s", finding.invariant, finding.subject, finding.sentence)
    return False
