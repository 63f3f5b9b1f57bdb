"""Leaderboards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from backline.people.models import Member
from backline.web import access
from backline.web.render import page


@access.artist_page("Leaderboards")
def leaderboards(request: HttpRequest, member: Member) -> HttpResponse:
    """Says what the page shows; nothing is counted for it yet."""
    return page(request, "leaderboards/page.html")
