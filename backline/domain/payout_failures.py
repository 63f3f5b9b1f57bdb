"""Why a bank returned a payout, in plain words."""

from __future__ import annotations

_WORDS = {
    "account_closed": "the account is closed",
    "account_frozen": "the account is frozen",
    "bank_account_restricted": "the account is restricted",
    "bank_ownership_changed": "the account has another holder",
    "could_not_process": "the bank could not process it",
    "debit_not_authorized": "the account takes no such payments",
    "declined": "the bank declined it",
    "incorrect_account_holder_name": "the holder's name does not fit",
    "insufficient_funds": "the Stripe balance did not cover it",
    "invalid_account_number": "there is no such account",
    "invalid_currency": "the account does not take this currency",
    "no_account": "there is no such account",
    "canceled": "the payout was cancelled",
}


def failure_words(code: str) -> str:
    """The reason for a screen.

    >>> failure_words("account_closed"), failure_words("odd")
    ('the account is closed', 'it gave no reason')
    """
    return _WORDS.get(code, "it gave no reason")
