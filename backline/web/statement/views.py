"""A statement of one's own artist: as a page, as the drawer behind its amount, as PDF and as CSV."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.domain.contribution_texts import formula
from backline.domain.pool_rules import RULES
from backline.listening.calendar import reporting
from backline.money import queries as money
from backline.web import access
from backline.web.formats import full_day
from backline.web.pdf.document import pdf_answer
from backline.web.render import page
from backline.web.statement.pdf import statement_pdf
from backline.web.statement.queries import opened_statement
from backline.web.statement.sheet import Sheet, sheet
from backline.web.statement.table import COLUMNS, lines
from backline.web.tables import csv_answer


@require_safe
@access.signed_in
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """The statement as a sheet: what it is made of, and where the money went."""
    member = access.member_of_statement(request, statement_id)
    return page(request, "statement/page.html", artist=member.artist, **shown(statement_id))


@require_safe
@access.signed_in
def how(request: HttpRequest, statement_id: int) -> HttpResponse:
    """How the amount came about, day by day and beat by beat: the drawer."""
    access.member_of_statement(request, statement_id)
    return page(request, "statement/how.html", **shown(statement_id))


@require_safe
@access.signed_in
def pdf(request: HttpRequest, statement_id: int) -> HttpResponse:
    """The sheet as a file to keep."""
    access.member_of_statement(request, statement_id)
    found = _sheet(statement_id)
    file = statement_pdf(found, platform=platform(), way=way_of(statement_id))
    return pdf_answer(f"{found.reference}.pdf", file)


@require_safe
@access.signed_in
def table(request: HttpRequest, statement_id: int) -> HttpResponseBase:
    """The whole calculation for a spreadsheet."""
    access.member_of_statement(request, statement_id)
    found = _sheet(statement_id)
    return csv_answer(f"{found.reference}.csv", COLUMNS, lines(found))


def shown(statement_id: int) -> dict[str, Any]:
    """What the templates of a sheet want.

    Raises:
        Statement.DoesNotExist: there is none with this number.
    """
    found = _sheet(statement_id)
    return {
        "sheet": found,
        "formula": formula(),
        "rule": RULES[found.settlement.rule].name,
        "zone": reporting().zone.key,
        "platform": platform(),
        "way": way_of(statement_id),
        "travels": money.statement_statuses([statement_id]).get(statement_id),
    }


def way_of(statement_id: int) -> list[str]:
    """Where the money went after the statement: the transfer, the bank's payout, and how it stands, in lines."""
    found = money.statement_way(statement_id, now=clock.now())
    if found is None:
        return []
    sent = f"Transfer {found.transfer_id}, {full_day(found.sent_on)}" if found.transfer_id else ""
    paid = f"Bank payout {found.payout_id}" if found.payout_id else ""
    return [line for line in (sent, paid, found.sentence) if line]


def platform() -> str:
    """The platform that pays, by its address."""
    return urlsplit(settings.PUBLIC_URL).netloc


def _sheet(statement_id: int) -> Sheet:
    return sheet(opened_statement(statement_id))
