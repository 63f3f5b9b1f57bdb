"""Insights of a beat, a collection and an artist: the same reads as the pages'."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from backline.core import clock
from backline.domain.periods import Period
from backline.listening.queries import Engagement
from backline.web.api.activity import PeriodOut, ReceiptsOut
from backline.web.api.auth import READ, member_of
from backline.web.api.problems import Problem, ProblemOut
from backline.web.insights.audience import Rows
from backline.web.insights.overtime import Point
from backline.web.insights.sections import sections_of
from backline.web.insights.subject import (
    Subject,
    artist_as_subject,
    beat_subject,
    collection_subject,
)

router = Router(tags=["Insights"])
ERRORS: dict[int, Any] = {401: ProblemOut, 403: ProblemOut, 404: ProblemOut, 422: ProblemOut}


class InsightFiguresOut(Schema):
    """Figures of some days. `accounts` are distinct; `visits` count a signed-out visitor once a day; null: not kept."""

    plays: int
    accounts: int | None
    visits: int | None
    downloads: int
    likes: int | None


class InsightPointOut(InsightFiguresOut):
    """One step of the chart; `on` is its first day."""

    on: date
    name: str


class InsightRowOut(Schema):
    """A row of a list; small ones are folded into one whose name begins with *Other*."""

    name: str
    plays: int


class NewcomersOut(Schema):
    """Accounts that were heard for the first time, and that came back."""

    new: int
    returning: int


class FunnelStepOut(Schema):
    """The step's name and its count."""

    name: str
    count: int


class EngagementOut(Schema):
    """How a beat is heard. Shares in basis points; null without listens. `buckets`: completed to skipped."""

    listens: int
    completed: int
    average_ms: int | None
    share_bp: int | None
    completion_bp: int | None
    score: int | None
    buckets: list[int]


class InsightsOut(Schema):
    """Everything on the page of a period. Up to date until `as_of`. `engagement` is of beats only."""

    period: PeriodOut
    before: PeriodOut | None
    step: str
    totals: InsightFiguresOut
    compared: InsightFiguresOut | None
    points: list[InsightPointOut]
    devices: list[InsightRowOut]
    systems: list[InsightRowOut]
    browsers: list[InsightRowOut]
    countries: list[InsightRowOut]
    sources: list[InsightRowOut]
    hosts: list[InsightRowOut]
    newcomers: NewcomersOut
    week: list[list[int]]
    funnel: list[FunnelStepOut]
    receipts: ReceiptsOut
    engagement: EngagementOut | None
    as_of: datetime


@router.get(
    "/artists/{handle}/insights",
    auth=READ,
    summary="Insights of an artist",
    response={200: InsightsOut, **ERRORS},
)
def read_artist_insights(
    request: HttpRequest, handle: str, range: str = "", compare: str = "before", by: str = ""
) -> InsightsOut:
    """`range`: 7d, 30d, 90d, month, last-month, year, all, or YYYY-MM-DD..YYYY-MM-DD; `compare`: before, year, none.

    `by`: hour, day, week or month.
    """
    return _insights(request, artist_as_subject(member_of(request, handle)))


@router.get(
    "/beats/{int:beat_id}/insights",
    auth=READ,
    summary="Insights of a beat",
    response={200: InsightsOut, **ERRORS},
)
def read_beat_insights(
    request: HttpRequest, beat_id: int, range: str = "", compare: str = "before", by: str = ""
) -> InsightsOut:
    """See the insights of an artist."""
    return _insights(request, beat_subject(request, beat_id))


@router.get(
    "/collections/{int:collection_id}/insights",
    auth=READ,
    summary="Insights of a collection",
    response={200: InsightsOut, **ERRORS},
)
def read_collection_insights(
    request: HttpRequest, collection_id: int, range: str = "", compare: str = "before", by: str = ""
) -> InsightsOut:
    """The sum over today's beats of the collection; see the insights of an artist."""
    return _insights(request, collection_subject(request, collection_id))


def _insights(request: HttpRequest, subject: Subject) -> InsightsOut:
    sections = sections_of(request, subject, now=clock.now(), full=True)
    choices = sections.choices
    if choices.corrections and not choices.range.by_month:
        raise Problem(422, "range", " ".join(choices.corrections))
    found = {name: read() for name, read in sections.reads().items()}
    plays, overview = found["plays"], found.get("overview")
    new = found["newcomers"].found
    return InsightsOut(
        period=_period(choices.period, choices.range.label),
        before=_period(choices.before, choices.before.label) if choices.before else None,
        step=choices.step,
        totals=InsightFiguresOut(**plays.totals),
        compared=InsightFiguresOut(**plays.before) if plays.before else None,
        points=[_point(point) for point in plays.points],
        **_lists(found),
        newcomers=NewcomersOut(new=new.new, returning=new.returning),
        week=[list(row) for row in found["week"].found.plays],
        funnel=[FunnelStepOut(name=step.name, count=step.count) for step in found["funnel"].steps],
        receipts=ReceiptsOut(**asdict(found["receipts"].receipts)),
        engagement=_engagement(overview.sums) if overview else None,
        as_of=plays.as_of,
    )


def _lists(found: dict[str, Any]) -> dict[str, list[InsightRowOut]]:
    device, system, browser = found["devices"].groups
    sources = found["sources"]
    return {
        "devices": _counts(device),
        "systems": _counts(system),
        "browsers": _counts(browser),
        "countries": _counts(found["locations"].list),
        "sources": _counts(sources.list),
        "hosts": _counts(sources.hosts),
    }


def _period(period: Period, label: str) -> PeriodOut:
    return PeriodOut(key=period.key, label=label, first_on=period.first_on, last_on=period.last_on)


def _point(point: Point) -> InsightPointOut:
    return InsightPointOut.model_validate({"on": point.on, "name": point.name, **point.figures})


def _counts(rows: Rows) -> list[InsightRowOut]:
    return [InsightRowOut(name=row.name, plays=row.plays) for row in rows.rows]


def _engagement(sums: Engagement) -> EngagementOut:
    return EngagementOut(
        listens=sums.listens,
        completed=sums.completed,
        average_ms=sums.average_ms,
        share_bp=sums.share_bp,
        completion_bp=sums.reach_bp,
        score=sums.score,
        buckets=list(sums.buckets),
    )
