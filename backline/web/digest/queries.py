"""What a week brought the artists of an account."""

from __future__ import annotations

from datetime import date, datetime

from backline.domain.digest import WEEK, Week
from backline.listening.queries import artist_figures
from backline.money.queries.week import earned_between
from backline.people import queries as people
from backline.people.models import Account, Member
from backline.web.amounts import money


def weeks_of(account: Account, *, monday: date, now: datetime) -> list[Week]:
    """The week of each artist of the account that has something to say. Four reads an artist."""
    members = (member for member in people.memberships(account) if member.artist.revoked_at is None)
    weeks = (_week(member, monday, now) for member in members)
    return [week for week in weeks if week.says_something]


def _week(member: Member, monday: date, now: datetime) -> Week:
    artist, day = member.artist_id, WEEK / 7
    figures = artist_figures(artist, first=monday, last=monday + WEEK - day, now=now)
    before = artist_figures(artist, first=monday - WEEK, last=monday - day, now=now)
    earned = earned_between(artist, first=monday, last=monday + WEEK - day) if member.sees_money else {}
    return Week(
        name=member.artist.name,
        plays=figures.plays,
        plays_before=before.plays,
        downloads=figures.downloads,
        new_followers=figures.new_followers,
        earned=tuple(money(minor, currency) for currency, minor in earned.items()),
    )
