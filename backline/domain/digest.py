"""The weekly summary: when it is due, what is worth saying of an artist's week, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

FIRST_HOUR = 6
"""From this hour of Monday on: what was heard on Sunday evening has been counted."""
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """An artist's week in numbers. `earned` are amounts as text; none for who may not see money."""

    name: str
    plays: int
    plays_before: int
    downloads: int
    new_followers: int
    earned: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether anything happened: a week without plays after one without is silence."""
        return bool(self.plays or self.downloads or self.new_followers or self.earned)


def due_week(local: datetime) -> date | None:
    """The Monday of the week to sum up, at a moment of the reporting zone's clock; None when it is not the time.

    >>> due_week(datetime(2026, 3, 16, 6, 0))
    datetime.date(2026, 3, 9)
    >>> due_week(datetime(2026, 3, 16, 5, 59)), due_week(datetime(2026, 3, 17, 12, 0))
    (None, None)
    """
    if local.weekday() != 0 or local.hour < FIRST_HOUR:
        return None
    return local.date() - WEEK


def change(now: int, before: int) -> str:
    """How plays compare with the week before, in words.

    >>> change(12, 8), change(4, 0)
    ('4 more than the week before', 'none the week before')
    >>> change(8, 12), change(3, 3)
    ('4 fewer than the week before', 'as many as the week before')
    """
    if before == 0 and now:
        return "none the week before"
    if now == before:
        return "as many as the week before"
    return f"{abs(now - before):,} {'more' if now > before else 'fewer'} than the week before"


def lines(week: Week) -> list[str]:
    """The week in lines: plays always, the rest when there is any.

    >>> lines(Week("Marlo Vane", 1200, 1000, 0, 1, ("€12.00",)))
    ['1,200 plays (200 more than the week before)', '1 new follower', '€12.00 earned']
    """
    said = [f"{_count(week.plays, 'play')} ({change(week.plays, week.plays_before)})"]
    if week.downloads:
        said.append(_count(week.downloads, "download"))
    if week.new_followers:
        said.append(_count(week.new_followers, "new follower"))
    return said + [f"{amount} earned" for amount in week.earned]


def subject(weeks: Sequence[Week]) -> str:
    """The mail's subject: the finding.

    >>> subject([Week("Marlo Vane", 12, 0, 0, 0)])
    'Marlo Vane: 12 plays last week'
    >>> subject([Week("Marlo Vane", 12, 0, 0, 0), Week("Kit", 1, 0, 0, 0)])
    '13 plays of 2 artists last week'
    """
    plays = _count(sum(week.plays for week in weeks), "play")
    return (
        f"{weeks[0].name}: {plays} last week"
        if len(weeks) == 1
        else f"{plays} of {len(weeks)} artists last week"
    )


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
