"""Artists: their beats, activity and dashboard, for their members."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from backline.catalog import queries as catalog
from backline.core import clock
from backline.web.api.activity import ActivityOut, LiveOut, artist_activity, artist_live
from backline.web.api.auth import READ, member_of
from backline.web.api.beat_out import BeatRow, beat_row
from backline.web.api.dashboard import DashboardOut, dashboard
from backline.web.api.problems import Problem, ProblemOut

router = Router(tags=["Artists"])
ERRORS: dict[int, Any] = {401: ProblemOut, 403: ProblemOut, 404: ProblemOut, 422: ProblemOut}
MOST_ROWS = 100


class BeatList(Schema):
    """A page of beats, newest first; `next_cursor` asks for the next page, null on the last."""

    items: list[BeatRow]
    next_cursor: str | None


@router.get(
    "/artists/{handle}/beats",
    auth=READ,
    summary="List the beats of an artist",
    response={200: BeatList, **ERRORS},
)
def list_beats(request: HttpRequest, handle: str, cursor: str = "", limit: int = 20) -> BeatList:
    """The artist's own beats in any state and public ones they are credited on. `limit` is at most 100."""
    member = member_of(request, handle)
    if not 1 <= limit <= MOST_ROWS:
        raise Problem(422, "limit", f"A page has 1 to {MOST_ROWS} beats.")
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise Problem(422, "cursor", "Send the next_cursor of the page before, or none.")
    cards = catalog.artist_beats_before(
        member.artist_id, before_id=int(cursor) if cursor else None, limit=limit + 1
    )
    shown = cards[:limit]
    return BeatList(
        items=[beat_row(request, card) for card in shown],
        next_cursor=str(shown[-1].id) if len(cards) > limit else None,
    )


@router.get(
    "/artists/{handle}/activity",
    auth=READ,
    summary="Figures of an artist",
    response={200: ActivityOut, **ERRORS},
)
def read_activity(request: HttpRequest, handle: str, period: str = "30d") -> ActivityOut:
    """The artist's figures: `period` is 7d, 30d, 90d (complete days before today), all, or YYYY-MM-DD..YYYY-MM-DD."""
    return artist_activity(member_of(request, handle).artist_id, period, now=clock.now())


@router.get(
    "/artists/{handle}/live",
    auth=READ,
    summary="What happens now",
    response={200: LiveOut, **ERRORS},
)
def read_live(request: HttpRequest, handle: str) -> LiveOut:
    """Listens that run now, plays of the last 5 minutes, and the last 48 hours by hour."""
    return artist_live(member_of(request, handle).artist_id, now=clock.now())


@router.get(
    "/artists/{handle}/dashboard",
    auth=READ,
    summary="Dashboard of an artist",
    response={200: DashboardOut, **ERRORS},
)
def read_dashboard(request: HttpRequest, handle: str) -> DashboardOut:
    """The figures of the Dashboard page."""
    return dashboard(member_of(request, handle).artist, now=clock.now())
