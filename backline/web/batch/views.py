"""The table of several beats."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from backline.catalog import queries as catalog
from backline.catalog.models import Beat
from backline.core import clock
from backline.web import access, viewer
from backline.web.batch import rows as table
from backline.web.batch.forms import ALL, COLUMNS, TO_ALL, CellsForm, into_all
from backline.web.formats import counted
from backline.web.numbers import number_in
from backline.web.posted import posted
from backline.web.render import page

MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def batch(request: HttpRequest) -> HttpResponse:
    """Shows the beats that `?ids=` names; puts a value into a whole column; saves every row for itself."""
    beats = access.own_beats(request, _ids(request))
    viewer.remember_artist(request, access.member_of_artist(request, beats[0].artist_id))
    if request.method != "POST":
        return _show(request, table.shown(beats))
    action, _, column = request.POST.get("action", "").partition(":")
    if action == "all":
        return _show(request, table.shown(beats, into_all(request.POST, beats, column=column)))
    return _save(request, beats)


def _save(request: HttpRequest, beats: list[Beat]) -> HttpResponse:
    rows = table.shown(beats, request.POST)
    table.save(rows, by=viewer.person(request), now=clock.now())
    saved = sum(row.state == "saved" for row in rows)
    if not any(row.is_open for row in rows):
        messages.success(request, f"Saved: {counted(saved, 'beat')}." if saved else "Nothing was changed.")
        return redirect(request.get_full_path())
    status = 409 if any(row.state == "conflict" for row in rows) else 422
    return _show(request, table.renewed(rows, request.POST), status=status, saved=counted(saved, "beat"))


def _show(request: HttpRequest, rows: list[table.Row], *, status: int = 200, saved: str = "") -> HttpResponse:
    context = {
        "rows": rows,
        "columns": COLUMNS,
        "to_all": TO_ALL,
        "all": CellsForm(posted(request), prefix=ALL),
        "artist": rows[0].beat.artist,
        "genres": [name for _, name in catalog.genre_choices()],
        "here": request.get_full_path(),
        "saved": saved,
        "open": sum(row.is_open for row in rows),
    }
    return page(request, "batch/page.html", status=status, **context)


def _ids(request: HttpRequest) -> list[int]:
    """The numbers in `?ids=`.

    Raises:
        Http404: none, too many, or something else among them.
    """
    words = request.GET.get("ids", "").split(",")[: MOST + 1]
    numbers = [number for word in words if (number := number_in(word)) is not None]
    if len(numbers) != len(words) or len(words) > MOST:
        raise Http404
    return numbers
