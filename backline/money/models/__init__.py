"""The pool's days, the settlements made from them, who can be paid, and how they are."""

from backline.money.models.paying import (
    BankFile,
    Earning,
    Payout,
    PayoutAccount,
    Reversal,
    Transfer,
    TransferAttempt,
)
from backline.money.models.pool import (
    Accrual,
    Booked,
    Bucket,
    DayWeights,
    LateMoney,
    MonthShares,
    PlayCounts,
    PoolRuleStart,
    Reweigh,
)
from backline.money.models.provider import BalanceLine, ProviderEvent, ProviderFunds, ProviderPoll
from backline.money.models.settled import Heir, Hold, PayoutProfile, SaleHold, Settlement, Statement

__all__ = [
    "Accrual",
    "BalanceLine",
    "BankFile",
    "Booked",
    "Bucket",
    "DayWeights",
    "Earning",
    "Heir",
    "Hold",
    "LateMoney",
    "MonthShares",
    "Payout",
    "PayoutAccount",
    "PayoutProfile",
    "PlayCounts",
    "PoolRuleStart",
    "ProviderEvent",
    "ProviderFunds",
    "ProviderPoll",
    "Reversal",
    "Reweigh",
    "SaleHold",
    "Settlement",
    "Statement",
    "Transfer",
    "TransferAttempt",
]
