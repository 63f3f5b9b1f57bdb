"""Writes of money: booking, weighing, accruing, settling, and who can be paid."""

from backline.money.actions.accruing import accrue_day
from backline.money.actions.advancing import advance_day, advance_pool, settle_due
from backline.money.actions.bank_details import BadBankDetails, confirm_bank_details, save_bank_details
from backline.money.actions.bank_files import make_bank_file, mark_failed, mark_paid
from backline.money.actions.booking import accrued_through, book_facts
from backline.money.actions.cases import correct_cases
from backline.money.actions.earnings import list_statements
from backline.money.actions.events import InboxFull, poll_events, replay_event, store_event
from backline.money.actions.payout_accounts import (
    CountryNotServed,
    PayoutsRefused,
    PayoutsUnreachable,
    dashboard_link,
    disconnect,
    refresh_payout_account,
    start_onboarding,
    update_link,
)
from backline.money.actions.payouts import (
    NotHeld,
    Unsettled,
    move_money,
    release_hold,
    set_payout_state,
)
from backline.money.actions.queueing import queue_transfers, retry_failed
from backline.money.actions.reversing import reverse_next
from backline.money.actions.ruling import RuleTooLate, correct_plays, start_pool_rule
from backline.money.actions.sale_rows import list_sales
from backline.money.actions.sales import book_sales, release_sales
from backline.money.actions.sending import send_next
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
    "BadBankDetails",
    "CountryNotServed",
    "InboxFull",
    "NotClosed",
    "NotDue",
    "NotHeld",
    "PayoutsRefused",
    "PayoutsUnreachable",
    "PreviewChanged",
    "RuleTooLate",
    "Unsettled",
    "accrue_day",
    "accrued_through",
    "advance_day",
    "advance_pool",
    "book_facts",
    "book_sales",
    "confirm_bank_details",
    "correct_cases",
    "correct_plays",
    "dashboard_link",
    "disconnect",
    "finish_settlement",
    "list_sales",
    "list_statements",
    "make_bank_file",
    "mark_failed",
    "mark_paid",
    "move_money",
    "next_day_to_weigh",
    "next_month_to_settle",
    "poll_events",
    "queue_transfers",
    "refresh_payout_account",
    "release_hold",
    "release_sales",
    "replay_event",
    "retry_failed",
    "reverse_next",
    "run_settlement",
    "save_bank_details",
    "send_next",
    "set_payout_state",
    "settle_due",
    "start_onboarding",
    "start_pool_rule",
    "start_settlement",
    "store_event",
    "update_link",
    "weigh_day",
]
