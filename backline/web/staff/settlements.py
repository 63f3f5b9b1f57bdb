"""Settlements: what can be settled, its preview and confirmation, what was settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from backline.core import clock
from backline.money import queries as money
from backline.money.actions import NotDue, PreviewChanged, start_settlement
from backline.people.models import Account
from backline.web import access, viewer
from backline.web.posted import posted
from backline.web.render import page
from backline.web.staff.forms import ConfirmSettlement, StatementSearch
from backline.web.staff.queries import settlement_front
from backline.web.tables import Cell, amount_cell, csv_answer

AMOUNTS = (
    "earned",
    "bonus",
    "carried_in",
    "released",
    "written_off",
    "payable",
    "held",
    "carried_out",
    "excluded",
)


@require_safe
@access.staff_only
def settlements(request: HttpRequest) -> HttpResponse:
    """What can be settled now, and what was."""
    return page(request, "staff/settlements.html", front=settlement_front())


@require_http_methods(["GET", "HEAD", "POST"])
@access.staff_only
def preview(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """What settling the month would say, by the code that settles; confirming it takes that very result."""
    due = next((each for each in money.months_to_settle() if (each.year, each.month) == (year, month)), None)
    if due is None:
        raise Http404
    form = ConfirmSettlement(posted(request))
    if request.method == "POST" and form.is_valid():
        return _start(request, due, form.cleaned_data["digest"])
    status = 422 if form.errors else 200
    return page(request, "staff/preview.html", preview=money.preview(due), status=status)


def _start(request: HttpRequest, month: date, digest: str) -> HttpResponse:
    account = cast(Account, viewer.account(request))
    try:
        made = start_settlement(month, digest=digest, now=clock.now(), by=account)
    except PreviewChanged:
        messages.error(request, "Something changed since you saw this preview. Look at the new one.")
        return redirect("staff-preview", month.year, month.month)
    except NotDue:
        messages.error(request, "This month was begun by somebody else, or it is not its turn.")
        return redirect("staff-settlements")
    messages.success(request, "The settlement has begun. The worker posts it part by part.")
    return redirect("staff-settlement", made.pk)


@require_safe
@access.staff_only
def settlement(request: HttpRequest, settlement_id: int) -> HttpResponse:
    """One settlement: its sums and a page of its statements."""
    found = money.settlement(settlement_id)
    if found is None:
        raise Http404
    form = StatementSearch(request.GET)
    form.is_valid()
    words, currency = form.cleaned_data.get("q", ""), form.cleaned_data.get("currency", "")
    rows = money.statements_of(
        settlement_id, search=words, currency=currency, page=form.cleaned_data.get("page") or 1
    )
    kept = urlencode({name: value for name, value in (("q", words), ("currency", currency)) if value})
    return page(
        request,
        "staff/settlement.html",
        settlement=found,
        statements=rows,
        words=words,
        currency=currency,
        address=f"{request.path}?{kept}&page=" if kept else f"{request.path}?page=",
    )


@require_safe
@access.staff_only
def csv(request: HttpRequest, settlement_id: int) -> HttpResponseBase:
    """All statements of a settlement as a table for a spreadsheet."""
    found = money.settlement(settlement_id)
    if found is None:
        raise Http404
    table: Iterable[list[Cell]] = (
        [row.artist_name, row.handle, row.currency, row.state, row.beats, *_amounts(row)]
        for row in money.every_statement_of(settlement_id)
    )
    columns = ["artist", "handle", "currency", "state", "beats", *AMOUNTS]
    return csv_answer(f"settlement-{found.month:%Y-%m}.csv", columns, table)


def _amounts(row: money.StatementRow) -> list[Decimal]:
    return [amount_cell(getattr(row, f"{name}_minor"), row.currency) for name in AMOUNTS]
