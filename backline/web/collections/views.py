"""My Collections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.catalog.queries import shelf
from backline.core import clock
from backline.core.portions import portions
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.collections import queries
from backline.web.collections.forms import CollectionFilter
from backline.web.collections.state import state_of
from backline.web.numbers import numbers_of
from backline.web.render import page
from backline.web.sections import attempt, wanted
from backline.web.tables import Cell, csv_answer

MOST_AT_ONCE = 200
UNDO = "collections_undo"
COLUMNS = (
    *("collection", "artists", "type", "state", "release_on", "beats", "plays"),
    *("needs_review", "created_at", "updated_at"),
)


@require_safe
@access.artist_page("My Collections")
def my_collections(request: HttpRequest, member: Member) -> HttpResponse:
    """All collections: how much they are heard, a table of them, the next release."""
    form, basis = _asked(request, member)
    reads = {
        "collections": lambda: queries.table(basis),  # first: its read of rows serves the others
        "overview": lambda: queries.head(basis),
        "release": lambda: queries.release(basis),
    }
    found: dict[str, Any] = {
        name: attempt(request, name, read) for name, read in wanted(request, reads).items()
    }
    deleted = len(_deleted(request, member)) if "done" in request.GET else 0
    return page(request, "collections/page.html", form=form, state=basis.state, deleted=deleted, **found)


@require_safe
@access.artist_page("My Collections")
def collections_csv(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Every collection that fits the filters, in the same order."""
    _, basis = _asked(request, member)
    lines = _lines(basis, queries.matching_ids(basis))
    return csv_answer(f"{member.artist.handle}-collections.csv", COLUMNS, lines)


@require_POST
@access.artist_page("My Collections", edit=True)
def delete(request: HttpRequest, member: Member) -> HttpResponse:
    """Asks whether to delete the chosen collections, and deletes them when that is confirmed."""
    numbers = numbers_of(request.POST, "chosen")[:MOST_AT_ONCE]
    own = [row for row in catalog.collection_rows(numbers).values() if _owns(member, row)]
    home = f"/dashboard/collections/?artist={member.artist.handle}"
    if not own:
        messages.error(request, "No collection was chosen.")
        return redirect(home)
    if request.POST.get("confirmed") != "yes":
        return page(request, "collections/delete.html", rows=own, home=home)
    ids = [row.id for row in own]
    deleted = actions.delete_collections(member.artist, collection_ids=ids, now=clock.now())
    request.session[UNDO] = {"artist": member.artist_id, "ids": deleted}
    return redirect(f"{home}&done=yes")


@require_POST
@access.artist_page("My Collections", edit=True)
def undo(request: HttpRequest, member: Member) -> HttpResponse:
    """Takes what was deleted last out of the trash; repeating it changes nothing."""
    ids = _deleted(request, member)
    count = actions.restore_collections(member.artist, collection_ids=ids, now=clock.now())
    request.session.pop(UNDO, None)
    if count:
        messages.success(request, f"{_many(count)} back.")
    else:
        messages.error(request, "There is nothing to undo any more.")
    return redirect(f"/dashboard/collections/?artist={member.artist.handle}")


def _deleted(request: HttpRequest, member: Member) -> list[int]:
    """The collections of this artist that were deleted last, while that can be undone."""
    last = request.session.get(UNDO)
    return last["ids"] if last and last["artist"] == member.artist_id else []


def _many(count: int) -> str:
    return "1 collection is" if count == 1 else f"{count} collections are"


def _owns(member: Member, row: catalog.CollectionRow) -> bool:
    return row.artists[0].handle == member.artist.handle


def _asked(request: HttpRequest, member: Member) -> tuple[CollectionFilter, queries.Basis]:
    form = CollectionFilter(request.GET, artists=shelf.artists_on(member.artist_id))
    zone, now = viewer.person(request).zone_info, clock.now()
    state = state_of(form, artist=member.artist.handle, zone=zone, now=now)
    return form, queries.Basis(member, state, now=now)


def _lines(basis: queries.Basis, ids: list[int]) -> Iterator[list[Cell]]:
    """Read in portions, so that a long list streams."""
    for some in portions(ids):
        rows = catalog.collection_rows(some)
        for number in some:
            if row := rows.get(number):
                yield _line(row, plays=basis.plays.get(number, 0), standing=row.standing(basis.state.today))


def _line(row: catalog.CollectionRow, *, plays: int, standing: str) -> list[Cell]:
    released = row.release_on.isoformat() if row.release_on else None
    return [
        *(row.name, ", ".join(artist.name for artist in row.artists), row.kind, standing, released),
        *(row.beats, plays, ", ".join(row.reasons)),
        *(row.created_at.isoformat(), row.updated_at.isoformat()),
    ]
