"""One statement, opened: day by day and beat by beat, recomputed; and what other rules would have given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from backline.domain.pool_rules import RULES
from backline.money import queries as money
from backline.money.models import Statement
from backline.web import access
from backline.web.render import page
from backline.web.staff.forms import BucketChoice
from backline.web.statement.views import shown
from backline.web.tables import Cell, amount_cell, csv_answer

SHOWN = 50


@dataclass(frozen=True)
class Compared:
    """A currency of a simulation: the artists whom another rule changes most, and how many gain and lose by each."""

    currency: str
    total_minor: int
    artists: int
    rows: list[money.SimulatedArtist]
    gain: dict[str, int]
    lose: dict[str, int]


@require_safe
@access.staff_only
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """How a statement came about."""
    try:
        found = shown(statement_id)
    except Statement.DoesNotExist:
        raise Http404 from None
    return page(request, "staff/statement.html", **found)


@require_safe
@access.staff_only
def simulator(request: HttpRequest) -> HttpResponseBase:
    """A closed month under each rule: the largest differences, or all of them as a table for a spreadsheet."""
    form = BucketChoice(request.GET)
    form.is_valid()
    month = form.cleaned_data.get("month") or money.last_weighed_month()
    found = _simulated(month)
    if request.GET.get("format") == "csv" and found is not None:
        return _csv(found)
    return page(
        request,
        "staff/simulator.html",
        month=month,
        found=found,
        compared=[_compared(each, found.rule) for each in found.currencies] if found else [],
        rules=RULES,
    )


def _simulated(month: date | None) -> money.Simulation | None:
    if month is None:
        return None
    try:
        return money.simulation(month)
    except money.NotWeighed:
        return None


def _compared(found: money.SimulatedCurrency, rule: str) -> Compared:
    others = [key for key in RULES if key != rule]

    def change(row: money.SimulatedArtist) -> int:
        return max(abs(row.gain(key, over=rule)) for key in others)

    return Compared(
        currency=found.currency,
        total_minor=found.total_minor,
        artists=len(found.artists),
        rows=sorted(found.artists, key=change, reverse=True)[:SHOWN],
        gain={key: sum(row.gain(key, over=rule) > 0 for row in found.artists) for key in others},
        lose={key: sum(row.gain(key, over=rule) < 0 for row in found.artists) for key in others},
    )


def _csv(found: money.Simulation) -> HttpResponseBase:
    rows: Iterable[list[Cell]] = (
        [
            row.artist_name,
            row.handle,
            each.currency,
            *(amount_cell(row.amounts[key], each.currency) for key in RULES),
        ]
        for each in found.currencies
        for row in each.artists
    )
    return csv_answer(f"simulation-{found.month:%Y-%m}.csv", ["artist", "handle", "currency", *RULES], rows)
