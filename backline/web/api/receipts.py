"""Receipts of a beat by day, and the cases on it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from backline.core import clock
from backline.domain import periods
from backline.domain.verdicts import RULES_VERSION
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.listening.queries.cases import cases_of_beat
from backline.listening.queries.receipts import beat_receipts, sum_receipts
from backline.web import access
from backline.web.api.activity import ReceiptsOut
from backline.web.api.auth import READ
from backline.web.api.problems import Problem, ProblemOut

router = Router(tags=["Beats"])
ERRORS: dict[int, Any] = {401: ProblemOut, 403: ProblemOut, 404: ProblemOut}
DEFAULT_DAYS = 30
MOST_DAYS = 1_100


class DayReceiptsOut(ReceiptsOut):
    """One reporting day; with `month` the whole month that begins on it, where days are no longer kept."""

    on: date
    month: bool


class BeatReceiptsOut(ReceiptsOut):
    """What became of every listen from `first_on` to `last_on`. `rule_set` is the rules' version."""

    first_on: date
    last_on: date
    rule_set: int
    days: list[DayReceiptsOut]
    as_of: datetime


class CaseOut(Schema):
    """Plays that staff withdrew. `plays` is null until they were; `closed_plays` of them are on closed days."""

    id: int
    state: str
    reason: str
    from_at: datetime
    until_at: datetime
    plays: int | None
    closed_plays: int | None
    appeal_until: datetime
    can_appeal: bool


class CaseList(Schema):
    """The cases on a beat, newest first."""

    items: list[CaseOut]


@router.get(
    "/beats/{int:beat_id}/receipts",
    auth=READ,
    summary="Play receipts of a beat",
    response={200: BeatReceiptsOut, **ERRORS, 422: ProblemOut},
)
def read_beat_receipts(
    request: HttpRequest, beat_id: int, first: date | None = None, last: date | None = None
) -> BeatReceiptsOut:
    """By day from `first` to `last` (by default the 30 complete days before today), at most 1,100 days."""
    access.beat_of_member(request, beat_id)
    now = clock.now()
    period = _period(first, last, now=now)
    days = beat_receipts(beat_id, first=period.first_on, last=period.last_on)
    return BeatReceiptsOut(
        **asdict(sum_receipts(days)),
        first_on=period.first_on,
        last_on=period.last_on,
        rule_set=RULES_VERSION,
        days=[DayReceiptsOut(**asdict(day.receipts), on=day.on, month=day.month) for day in days],
        as_of=listening.freshness(now),
    )


@router.get(
    "/beats/{int:beat_id}/cases", auth=READ, summary="Cases on a beat", response={200: CaseList, **ERRORS}
)
def list_beat_cases(request: HttpRequest, beat_id: int) -> CaseList:
    """Decided cases only, with what became of them."""
    access.beat_of_member(request, beat_id)
    lines = cases_of_beat(beat_id, now=clock.now())
    return CaseList(items=[CaseOut.from_orm(line) for line in lines])


def _period(first: date | None, last: date | None, *, now: datetime) -> periods.Period:
    first_on, last_on = reporting().complete_days(DEFAULT_DAYS, now=now)
    try:
        period = periods.custom(first or first_on, last or last_on, today=reporting().today(now))
    except periods.PeriodError as error:
        raise Problem(422, "period", str(error)) from None
    if period.days > MOST_DAYS:
        raise Problem(422, "period", f"Ask for at most {MOST_DAYS:,} days at once.")
    return period
