"""My Beats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.catalog.queries import catalogue
from backline.core import clock
from backline.core.portions import portions
from backline.listening import queries as listening
from backline.money import queries as money
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.beats import overview
from backline.web.beats.forms import BeatFilter
from backline.web.beats.queries import beat_table, matching_ids
from backline.web.beats.state import State, state_of
from backline.web.render import page
from backline.web.sections import attempt, wanted
from backline.web.tables import Cell, csv_answer

COLUMNS = (
    *("beat", "artists", "state", "bpm", "key", "seconds", "plays", "downloads", "completeness_percent"),
    *("needs_review", "published_at", "updated_at"),
)


@access.artist_page("My Beats")
def my_beats(request: HttpRequest, member: Member) -> HttpResponse:
    """The whole catalogue: how it grows, a table of it, who it was made with, what to do next."""
    form, state, now = *_asked(request, member), clock.now()
    basis = overview.Basis(member, now=now)
    reads = {
        "growth": lambda: overview.head(basis),
        "beats": lambda: beat_table(member, state, featured=basis.featured, now=now),
        "collaboration": lambda: overview.collaboration(basis),
        "steps": lambda: overview.steps(basis),
    }
    found: dict[str, Any] = {
        name: attempt(request, name, read) for name, read in wanted(request, reads).items()
    }
    return page(request, "beats/page.html", form=form, state=state, **found)


@access.artist_page("My Beats")
def beats_csv(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Every beat that fits the filters, in the same order."""
    _, state = _asked(request, member)
    points = money.pool_points_of_artist_beats(member.artist_id) if member.sees_money else {}
    ids = matching_ids(member, state, points=points, now=clock.now())
    return csv_answer(f"{member.artist.handle}-beats.csv", COLUMNS, _lines(member.artist_id, ids))


@require_POST
@access.signed_in
def feature(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Puts a beat first on its artist's profile, or with `feature=no` none; then back to the list as it was."""
    member, beat = access.beat_of_member(request, beat_id, edit=True)
    back = request.POST.get("back", "")
    try:
        if request.POST.get("feature") == "no":
            actions.stop_featuring(member.artist)
            messages.success(request, "No beat is featured now.")
        else:
            actions.feature_beat(beat, by=viewer.person(request), now=clock.now())
            messages.success(request, f"{beat.name} is first on your public profile.")
    except actions.CannotFeature as refusal:
        messages.error(request, str(refusal))
    return redirect(
        back if back.startswith(f"{State.PATH}?") else f"{State.PATH}?artist={member.artist.handle}"
    )


def _asked(request: HttpRequest, member: Member) -> tuple[BeatFilter, State]:
    form = BeatFilter(
        request.GET,
        collections=catalogue.collection_choices(member.artist_id),
        genres=catalogue.genres_in_use(member.artist_id),
    )
    zone = viewer.person(request).zone_info
    return form, state_of(form, artist=member.artist.handle, zone=zone, sees_money=member.sees_money)


def _lines(artist_id: int, ids: list[int]) -> Iterator[list[Cell]]:
    """Read in portions, so that a large catalogue streams."""
    for some in portions(ids):
        cards, facts = catalog.beat_cards(some), catalogue.facts_of_beats(artist_id, some)
        totals = listening.beat_totals(some)
        for beat_id in some:
            yield _line(cards[beat_id], facts[beat_id], totals[beat_id])


def _line(beat: catalog.BeatCard, facts: catalogue.BeatFacts, total: listening.Totals) -> list[Cell]:
    published = beat.first_published_at
    return [
        *(beat.name, ", ".join(artist.name for artist in beat.artists), beat.state, beat.bpm, beat.key_name),
        *(beat.duration_ms // 1000, total.plays, total.downloads, facts.percent, ", ".join(facts.reasons)),
        *(published.isoformat() if published else None, beat.updated_at.isoformat()),
    ]
