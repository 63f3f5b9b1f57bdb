"""Finances."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.people.models import Member
from backline.web import access
from backline.web.finances.queries import finances as read
from backline.web.render import page
from backline.web.sections import attempt


@require_safe
@access.artist_page("Finances")
def finances(request: HttpRequest, member: Member) -> HttpResponse:
    """Where the artist's money is, and its statements. An analyst reads nothing about money."""
    currency = request.GET.get("currency", "")
    found = (
        attempt(request, "finances", lambda: read(member.artist_id, currency=currency))
        if member.sees_money
        else None
    )
    return page(request, "finances/page.html", found=found)
