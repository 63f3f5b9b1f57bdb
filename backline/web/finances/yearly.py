"""A year of money by the day it became available: as a page, a table and a PDF, as a tax return wants it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.listening.calendar import reporting
from backline.money import queries as money
from backline.people.models import Member
from backline.web import access
from backline.web.amounts import amount
from backline.web.amounts import money as written
from backline.web.finances.forms import KINDS, TransactionFilter
from backline.web.finances.queries import currency_of
from backline.web.formats import counted, full_day
from backline.web.pdf.document import Document, pdf_answer
from backline.web.render import page
from backline.web.statement.views import platform
from backline.web.tables import Cell, amount_cell, csv_answer

COLUMNS = ("available_on", "reference", "type", "what", "amount", "currency")


@require_safe
@access.artist_page("Finances")
def newest(request: HttpRequest, member: Member) -> HttpResponse:
    """The newest year with money, else the present one."""
    access.demand_money(member)
    this = reporting().today(clock.now()).year
    year = max(money.years_of(member.artist_id), default=this)
    return redirect(f"{reverse('finances-year', kwargs={'year': year})}?artist={member.artist.handle}")


@require_safe
@access.artist_page("Finances")
def yearly(request: HttpRequest, member: Member, year: int) -> HttpResponse:
    """The year's sums by kind and every amount in them."""
    shown = _summary(request, member, year)
    return page(request, "finances/yearly.html", kinds=KINDS, years=money.years_of(member.artist_id), **shown)


@require_safe
@access.artist_page("Finances")
def yearly_csv(request: HttpRequest, member: Member, year: int) -> HttpResponseBase:
    """Every amount of the year."""
    shown = _summary(request, member, year)
    code, rows = shown["code"], shown["rows"]
    lines = (
        [row.available_on.isoformat(), row.reference, KINDS[row.kind], row.what, *_amount(row, code)]
        for row in rows
    )
    return csv_answer(f"{member.artist.handle}-{year}-{code}.csv", COLUMNS, lines)


@require_safe
@access.artist_page("Finances")
def yearly_pdf(request: HttpRequest, member: Member, year: int) -> HttpResponse:
    """The year as a file to keep."""
    shown = _summary(request, member, year)
    file = _pdf(shown, name=f"{member.artist.name} (@{member.artist.handle})", year=year)
    return pdf_answer(f"{member.artist.handle}-{year}-{shown['code']}.pdf", file)


def _summary(request: HttpRequest, member: Member, year: int) -> dict[str, Any]:
    """The rows of the year and their sums by kind, in the wanted currency.

    Raises:
        Http404: no such year in a calendar, or no currency yet. PermissionDenied: the role reads nothing about money.
    """
    access.demand_money(member)
    form = TransactionFilter(request.GET)
    form.is_valid()
    currencies = money.currencies_of(member.artist_id)
    code = currency_of(currencies, form.cleaned_data.get("currency", ""))
    if not code or not 1970 <= year <= 9998:
        raise Http404
    found = money.yearly_summary(member.artist_id, year=year, currency=code, now=clock.now())
    sums = {kind: found.totals.get(kind, 0) for kind in KINDS}
    return {
        "year": year,
        "code": code,
        "currencies": currencies,
        "rows": found.rows,
        "sums": sums,
        "total": sum(sums.values()),
    }


def _amount(row: money.TransactionRow, code: str) -> tuple[Cell, str]:
    return amount_cell(row.amount_minor, code), code


def _pdf(shown: dict[str, Any], *, name: str, year: int) -> bytes:
    code, rows = shown["code"], shown["rows"]
    title = f"Earnings of {year} in {code}"
    last = reporting().starts_at(reporting().today(clock.now()).replace(year=year, month=1, day=1))
    document = Document(title, at=last, foot=f"{title}, {platform()}")
    document.heading(title, size=17)
    document.text_block(f"{name}, paid by {platform()}. Dated by the day the money became available.")
    sums = [(KINDS[kind], "", amount(minor, code)) for kind, minor in shown["sums"].items()]
    document.sums([*sums, (f"{year}", "", written(shown["total"], code))], bold=(len(sums),))
    document.heading("Every amount")
    lines = [
        [full_day(row.available_on), row.reference, row.what, amount(row.amount_minor, code)] for row in rows
    ]
    total = [counted(len(rows), "amount"), "", "", amount(shown["total"], code)]
    document.grid(["Available", "Reference", "What", "Amount"], [*lines, total], widths=(30, 44, 76, 30))
    return document.bytes()
