"""My Collections."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from backline.catalog.queries import artist_collections
from backline.people.models import Member
from backline.web import access
from backline.web.render import page
from backline.web.sections import attempt

MOST_PAGES_DIGITS = 6


@access.artist_page("My Collections")
def my_collections(request: HttpRequest, member: Member) -> HttpResponse:
    """The artist's collections as a table, a page at a time."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= MOST_PAGES_DIGITS else 1
    table = attempt(request, "collections", lambda: artist_collections(member.artist_id, page=number))
    address = f"/dashboard/collections/?artist={quote(member.artist.handle)}&page="
    return page(request, "collections/page.html", table=table, address=address)
