"""Insights of a beat, a collection or an artist; each block also as a table, as CSV and as SVG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.domain.date_range import COMPARISONS
from backline.listening import queries as listening
from backline.web import access, viewer
from backline.web.insights.choices import DEFINITIONS, METRICS
from backline.web.insights.files import drawing_of
from backline.web.insights.heads import head
from backline.web.insights.sections import FIRST, TITLES, Sections, sections_of
from backline.web.insights.subject import Subject, artist_subject, beat_subject, collection_subject
from backline.web.render import page, wanted_block
from backline.web.sections import attempt
from backline.web.tables import csv_answer

Find = Callable[Concatenate[HttpRequest, ...], Subject]
FINDERS: dict[str, Find] = {"beat": beat_subject, "collection": collection_subject, "artist": artist_subject}


@require_safe
@access.signed_in
def insights(request: HttpRequest, kind: str, **which: Any) -> HttpResponse:
    """The first blocks at once, the others when the page is there; a date's change brings all."""
    sections = _sections(request, kind, which)
    reads = _wanted(request, sections)
    with listening.rows_read_once():
        found = {name: attempt(request, name, read, of=sections.shown) for name, read in reads.items()}
    if not wanted_block(request, "insights/page.html"):
        found["head"] = attempt(request, "head", lambda: head(sections.subject))
    response = _page(request, "page", sections, metrics=METRICS, keys=DEFINITIONS, **found)
    if request.headers.get("HX-Target") == "insights":
        response["HX-Push-Url"] = sections.choices.address()
    return response


@require_safe
@access.signed_in
def table(request: HttpRequest, kind: str, block: str, **which: Any) -> HttpResponse:
    """A block's figures as a table: a page of its own, or under the chart for htmx."""
    sections, found = _block(request, kind, block, which)
    sheet = found.sheet() if found is not None else None
    if request.headers.get("HX-Request"):
        return _page(request, "sheet", sections, title=TITLES[block], sheet=sheet)
    drawn = drawing_of(found) is not None
    return _page(request, "table", sections, block=block, title=TITLES[block], sheet=sheet, drawn=drawn)


@require_safe
@access.signed_in
def csv(request: HttpRequest, kind: str, block: str, **which: Any) -> HttpResponseBase:
    """A block's figures for a spreadsheet."""
    sections, found = _block(request, kind, block, which)
    if found is None:
        raise Http404
    sheet = found.sheet()
    return csv_answer(_file_name(sections, block, "csv"), list(sheet.columns), sheet.rows)


@require_safe
@access.signed_in
def svg(request: HttpRequest, kind: str, block: str, **which: Any) -> HttpResponse:
    """A block's chart as a file that stands alone."""
    sections, found = _block(request, kind, block, which)
    drawing = drawing_of(found)
    if drawing is None:
        raise Http404
    title = f"{sections.subject.name}: {TITLES[block]}, {sections.choices.range.label}"
    response = HttpResponse(drawing.file(title), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(sections, block, "svg")}"'
    return response


def _page(request: HttpRequest, template: str, sections: Sections, **context: Any) -> HttpResponse:
    return page(
        request,
        f"insights/{template}.html",
        subject=sections.subject,
        choices=sections.choices,
        comparisons=COMPARISONS,
        **context,
    )


def _sections(request: HttpRequest, kind: str, which: dict[str, Any], *, full: bool = False) -> Sections:
    subject = FINDERS[kind](request, **which)
    viewer.remember_artist(request, subject.member)
    return sections_of(request, subject, now=clock.now(), full=full)


def _block(request: HttpRequest, kind: str, block: str, which: dict[str, Any]) -> tuple[Sections, Any]:
    sections = _sections(request, kind, which, full=True)
    reads = sections.reads()
    if block not in reads:
        raise Http404
    return sections, reads[block]()


def _wanted(request: HttpRequest, sections: Sections) -> dict[str, Callable[[], Any]]:
    """All blocks when asked for, or when the dates change; else the first ones, the others, or the one named."""
    reads = sections.reads()
    target = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") else ""
    if "all" in request.GET or target == "insights":
        return reads
    if target == "more":
        return {name: read for name, read in reads.items() if name not in FIRST}
    return (
        {target: reads[target]} if target in reads else {name: reads[name] for name in FIRST if name in reads}
    )


def _file_name(sections: Sections, block: str, ending: str) -> str:
    period = sections.choices.period
    subject = sections.subject
    which = subject.path.rstrip("/").split("/")[-2]
    return f"{subject.kind}-{which}-{block}-{period.first_on}-{period.last_on}.{ending}"
