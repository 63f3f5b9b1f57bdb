"""Writes of money: booking, weighing, accruing, settling, and who can be paid."""

from backline.money.actions.accruing import accrue_day
from backline.money.actions.advancing import advance_day, advance_pool, settle_due
from backline.money.actions.booking import accrued_through, book_facts
from backline.money.actions.cases import correct_cases
from backline.money.actions.payouts import (
    NotHeld,
    Unsettled,
    move_money,
    release_hold,
    set_payout_state,
)
from backline.money.actions.ruling import RuleTooLate, correct_plays, start_pool_rule
from backline.money.actions.sales import book_sales, release_sales
from backline.money.actions.settling import (
    NotDue,
    PreviewChanged,
    finish_settlement,
    next_month_to_settle,
    run_settlement,
    start_settlement,
)
from backline.money.actions.weighing import NotClosed, next_day_to_weigh, weigh_day

__all__ = [
    "NotClosed",
    "NotDue",
    "NotHeld",
    "PreviewChanged",
    "RuleTooLate",
    "Unsettled",
    "accrue_day",
    "accrued_through",
    "advance_day",
    "advance_pool",
    "book_facts",
    "book_sales",
    "correct_cases",
    "correct_plays",
    "finish_settlement",
    "move_money",
    "next_day_to_weigh",
    "next_month_to_settle",
    "release_hold",
    "release_sales",
    "run_settlement",
    "set_payout_state",
    "settle_due",
    "start_pool_rule",
    "start_settlement",
    "weigh_day",
]
