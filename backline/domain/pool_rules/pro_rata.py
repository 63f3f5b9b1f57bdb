"""Pro rata: the month's money divided by the month's plays."""

from __future__ import annotations

from backline.domain.accrual import Line
from backline.domain.pool_rules.contribution import Contribution
from backline.domain.pool_rules.month import PoolMonth
from backline.domain.split import split


class ProRata:
    """Every play of a beat that weighs is worth the same."""

    key = "pro_rata"
    name = "Pro rata"
    sentence = "The month's subscription money is divided by the month's plays: every play is worth the same."
    monthly = True

    def split_month(self, month: PoolMonth) -> dict[Line, int]:
        """The month's bucket by plays; a month without any follows contribution."""
        plays = month.plays()
        if not plays:
            return Contribution().split_month(month)
        return month.to_lines(split(month.bucket, plays))
