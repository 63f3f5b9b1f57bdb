"""Receipts of a beat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.domain.verdicts import RULES_VERSION, Verdict
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.listening.queries.cases import cases_of_beat
from backline.listening.queries.receipts import beat_receipts
from backline.web import access, viewer
from backline.web.receipts.choices import Choices, choices_of
from backline.web.receipts.queries import day_sheet, reason_keys, sheet
from backline.web.render import page
from backline.web.sections import Failed, attempt
from backline.web.tables import Cell, csv_answer


@require_safe
@access.signed_in
def receipts(request: HttpRequest, beat_id: int) -> HttpResponse:
    """A period's receipts: in total, by reason, and day by day."""
    member, beat = access.beat_of_member(request, beat_id)
    viewer.remember_artist(request, member)  # the frame is about this beat's artist
    now = clock.now()
    choices = _choices(request, beat_id, now)
    found = attempt(
        request,
        "receipts",
        lambda: sheet(beat_id, choices.period, page=choices.page, now=now),
        of=(beat_id, choices.period, choices.page),
    )
    cases = attempt(request, "cases", lambda: cases_of_beat(beat_id, now=now))
    return page(
        request,
        "receipts/page.html",
        beat=beat,
        choices=choices,
        sheet=found,
        cases=cases,
        rule_set=RULES_VERSION,
    )


@require_safe
@access.signed_in
def day(request: HttpRequest, beat_id: int, on: str) -> HttpResponse:
    """One day's receipts and its last received listens, without who they were."""
    member, beat = access.beat_of_member(request, beat_id)
    viewer.remember_artist(request, member)
    asked = request.GET.get("verdict", "")
    verdict = Verdict(asked) if asked in set(Verdict) else None
    shown = day_sheet(beat_id, _day(on), verdict=verdict)
    here = f"/backstage/beats/{beat_id}/receipts/"
    return page(request, "receipts/day.html", beat=beat, sheet=shown, here=here, zone=reporting().zone)


@require_safe
@access.signed_in
def days_csv(request: HttpRequest, beat_id: int) -> StreamingHttpResponse:
    """The period's days as a table for a spreadsheet: one column for each reason that occurs."""
    access.beat_of_member(request, beat_id)
    period = _choices(request, beat_id, clock.now()).period
    days = beat_receipts(beat_id, first=period.first_on, last=period.last_on)
    keys = reason_keys(days)
    name = f"receipts-{beat_id}-{period.first_on}-{period.last_on}.csv"
    sums = ((each.on.isoformat(), each.receipts) for each in days)
    rows: Iterator[list[Cell]] = (
        [on, of.received, of.counted, *(of.rejected.get(key, 0) for key in keys)] for on, of in sums
    )
    return csv_answer(name, ["day", "received", "counted", *keys], rows)


def _choices(request: HttpRequest, beat_id: int, now: datetime) -> Choices:
    """What is chosen; `all` begins today when the first day cannot be read: the section then says so."""
    today = reporting().today(now)
    totals = attempt(request, "totals", lambda: listening.beat_totals([beat_id])[beat_id])
    first_on = None if isinstance(totals, Failed) else totals.first_on
    return choices_of(request, beat_id, today=today, first_on=first_on or today)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
