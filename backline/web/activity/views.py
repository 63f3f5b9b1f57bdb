"""Activity."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.listening import queries as listening
from backline.people.models import Member
from backline.web import access
from backline.web.activity.sections import TOGETHER, Sections
from backline.web.render import page
from backline.web.sections import attempt, wanted
from backline.web.tables import csv_answer

PUSHED = {
    "uploads": "HX-Push-Url",
    "engagement": "HX-Push-Url",
    "downloads": "HX-Push-Url",
    "day": "HX-Replace-Url",
}


@require_safe
@access.artist_page("Activity")
def activity(request: HttpRequest, member: Member) -> HttpResponse:
    """Sections read one by one; htmx asks for one of them, or for those that a period changes together."""
    sections = Sections(request, member.artist_id, now=clock.now())
    reads = wanted(request, sections.reads(), TOGETHER)
    found: dict[str, Any] = {
        name: attempt(request, name, read, of=sections.shown) for name, read in reads.items()
    }
    response = page(request, "activity/page.html", state=sections.state, **found)
    if header := PUSHED.get(request.headers.get("HX-Target", "")):
        response[header] = sections.state.address()
    return response


@require_safe
@access.artist_page("Activity")
def days_csv(request: HttpRequest, member: Member) -> StreamingHttpResponse:
    """The period's days as a table for a spreadsheet."""
    period = Sections(request, member.artist_id, now=clock.now()).state.period
    days = listening.artist_series(member.artist_id, first=period.first_on, last=period.last_on)
    name = f"{member.artist.handle}-{period.first_on}-{period.last_on}.csv"
    rows = ((day.on.isoformat(), day.plays, day.downloads) for day in days)
    return csv_answer(name, ["day", "plays", "downloads"], rows)
