"""A statement of one's own artist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.web import access
from backline.web.render import page
from backline.web.statement.queries import opened_statement


@require_safe
@access.signed_in
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """How the amount came about, day by day and beat by beat."""
    member = access.member_of_statement(request, statement_id)
    opened = opened_statement(statement_id)
    return page(request, "statement/page.html", opened=opened, row=opened.row, artist=member.artist)
