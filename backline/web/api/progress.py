"""XP, level and achievements of an artist, from the Progress page's own reads."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from backline.core import clock
from backline.people.models import Member
from backline.standing import queries as standing
from backline.standing.achievements import tells_of_money
from backline.standing.queries import AchievementState
from backline.web.api.auth import READ, member_of
from backline.web.api.problems import ProblemOut

router = Router(tags=["Artists"])
ERRORS: dict[int, Any] = {401: ProblemOut, 403: ProblemOut, 404: ProblemOut}


class SourceOut(Schema):
    """What a source brought, reversals taken off; `facts` are those in force."""

    source: str
    xp: int
    facts: int


class WeekOut(Schema):
    """The XP of the seven reporting days from `first_on`."""

    first_on: date
    xp: int


class AchievementOut(Schema):
    """An achievement: `unlocked_at`, or how far it is in words and basis points (null where there is no measure)."""

    key: str
    name: str
    how: str
    group: str
    rarity: str
    xp: int
    unlocked_at: datetime | None
    progress: str
    progress_bp: int | None


class ProgressOut(Schema):
    """`from_xp` is where the level began, `next_xp` where the next begins, null at the last. Computed at `as_of`."""

    handle: str
    xp: int
    level: int
    title: str
    from_xp: int
    next_xp: int | None
    sources: list[SourceOut]
    weeks: list[WeekOut]
    achievements: list[AchievementOut]
    as_of: datetime | None


@router.get(
    "/artists/{handle}/progress",
    auth=READ,
    summary="XP and achievements of an artist",
    response={200: ProgressOut, **ERRORS},
)
def read_progress(request: HttpRequest, handle: str) -> ProgressOut:
    """XP, level, the last weeks and every achievement. Roles that read no money do not get what tells of it."""
    return progress_of(member_of(request, handle), now=clock.now())


def progress_of(member: Member, *, now: datetime) -> ProgressOut:
    """The figures of the page as it would show them to this member at `now`."""
    counted = standing.counted(member.artist_id, now=now)
    found = standing.progress(counted)
    weeks = standing.weekly(member.artist_id, now=now)
    return ProgressOut(
        handle=member.artist.handle,
        xp=found.xp,
        level=found.level.level,
        title=found.level.title,
        from_xp=found.level.from_xp,
        next_xp=found.level.next_xp,
        sources=[SourceOut(source=each.source, xp=each.xp, facts=each.count) for each in found.sums],
        weeks=[WeekOut(first_on=week.first_on, xp=week.xp) for week in weeks],
        achievements=[
            _achievement(state)
            for state in standing.achievements(counted)
            if member.sees_money or not tells_of_money(state.achievement.key)
        ],
        as_of=found.computed_at,
    )


def _achievement(state: AchievementState) -> AchievementOut:
    it = state.achievement
    return AchievementOut(
        key=it.key,
        name=it.name,
        how=it.how,
        group=it.group,
        rarity=it.rarity,
        xp=it.xp,
        unlocked_at=state.unlocked_at,
        progress="unlocked" if state.unlocked_at else state.outlook.text,
        progress_bp=10_000 if state.unlocked_at else state.outlook.progress_bp,
    )
