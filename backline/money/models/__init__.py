"""The pool's days, the settlements made from them, and who can be paid."""

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
from backline.money.models.settled import Heir, Hold, PayoutProfile, SaleHold, Settlement, Statement

__all__ = [
    "Accrual",
    "Booked",
    "Bucket",
    "DayWeights",
    "Heir",
    "Hold",
    "LateMoney",
    "MonthShares",
    "PayoutProfile",
    "PlayCounts",
    "PoolRuleStart",
    "Reweigh",
    "SaleHold",
    "Settlement",
    "Statement",
]
