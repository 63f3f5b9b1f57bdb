"""User centric: what each subscriber paid goes to what that subscriber played."""

from __future__ import annotations

from backline.domain.accrual import Line
from backline.domain.pool_rules.contribution import Contribution
from backline.domain.pool_rules.month import PoolMonth
from backline.domain.split import split


class UserCentric:
    """Nobody's money goes to what they never heard."""

    key = "user_centric"
    name = "User centric"
    sentence = (
        "What each subscriber paid is divided by what that subscriber played; the money of those who played nothing"
        " follows contribution."
    )
    monthly = True

    def split_month(self, month: PoolMonth) -> dict[Line, int]:
        """Each subscriber's amount by their plays of beats that weighed; all else by what contribution would give."""
        weighing = {beat for (_, beat), points in month.points().items() if points}
        heard: dict[int, int] = {}
        paid = {key: subscriber.paid for key, subscriber in month.subscribers.items()}
        # Money of days without weights may have left the month: nobody's part is then larger than what is there.
        there = split(min(month.bucket, sum(paid.values())), paid)
        for key, subscriber in month.subscribers.items():
            plays = {beat: count for beat, count in subscriber.plays.items() if count and beat in weighing}
            for beat, part in split(there[key], plays).items() if plays else ():
                heard[beat] = heard.get(beat, 0) + part
        found = month.to_lines(heard)
        rest = month.bucket - sum(heard.values())
        if rest:
            for line, part in split(rest, Contribution().split_month(month)).items():
                found[line] = found.get(line, 0) + part
        return found
