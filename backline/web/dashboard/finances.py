"""The figure of the Finances shortcut: what the newest statement says."""

from __future__ import annotations

from backline.money.queries.newest import newest_statement
from backline.people.models import Member
from backline.web.amounts import money as written
from backline.web.formats import DASH, month


def finance_figure(member: Member) -> tuple[str, str]:
    """The figure and what it counts; a dash with the reason where there is none."""
    if not member.sees_money:
        return DASH, "owners and managers see it"
    newest = newest_statement(member.artist_id)
    if newest is None:
        return DASH, "no month is settled yet"
    return written(newest.gained_minor, newest.currency), f"from the pool in {month(newest.month)}"
