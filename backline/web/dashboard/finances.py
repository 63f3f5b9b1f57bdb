"""The figure of the Finances shortcut: what the newest statement says."""

from __future__ import annotations

from backline.money import queries as money
from backline.people.models import Member
from backline.web.amounts import money as written
from backline.web.formats import DASH, month


def finance_figure(member: Member) -> tuple[str, str]:
    """The figure and what it counts; a dash with the reason where there is none."""
    if not member.sees_money:
        return DASH, "owners and managers see it"
    newest = money.statements(member.artist_id)[:1]
    if not newest:
        return DASH, "no month is settled yet"
    (row,) = newest
    return written(row.earned_minor + row.bonus_minor, row.currency), f"from the pool in {month(row.month)}"
