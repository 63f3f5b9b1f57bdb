"""My Beats."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.catalog.queries.facts import BeatFacts, facts_of_beats
from backline.core import clock
from backline.core.portions import portions
from backline.listening import queries as listening
from backline.money import queries as money
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.beats.asked import asked
from backline.web.beats.chosen import last_done, list_address
from backline.web.beats.columns import COLUMNS, hidden_columns
from backline.web.beats.parts import parts_of
from backline.web.beats.queries import matching_ids
from backline.web.beats.recommended import facts
from backline.web.render import page
from backline.web.tables import Cell, csv_answer

CSV_COLUMNS = (
    *("beat", "artists", "state", "licensing", "bpm", "key", "seconds", "plays", "downloads"),
    *("completeness_percent", "needs_review", "published_at", "updated_at"),
)


@require_safe
@access.artist_page("My Beats")
def my_beats(request: HttpRequest, member: Member) -> HttpResponse:
    """The whole catalogue: how it grows, a table of it, who it was made with, what to do next."""
    who = viewer.person(request)
    form, state = asked(request.GET, member, zone=who.zone_info)
    parts = parts_of(request, member, state, hidden=hidden_columns(who), now=clock.now())
    done = last_done(request, member) if "done" in request.GET else None
    said: dict[str, Any] = {"form": form, "state": state, "columns": COLUMNS, "facts": facts, "done": done}
    return page(request, "beats/page.html", **said, **parts)


@require_safe
@access.artist_page("My Beats")
def beats_csv(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Every beat that fits the filters, in the same order."""
    _, state = asked(request.GET, member, zone=viewer.person(request).zone_info)
    points = money.pool_points_of_artist_beats(member.artist_id) if member.sees_money else {}
    ids = matching_ids(member, state, points=points, now=clock.now())
    name, lines = f"{member.artist.handle}-beats.csv", _lines(member.artist_id, ids)
    if not member.sees_money:
        return csv_answer(name, CSV_COLUMNS, (line for _, line in lines))
    seen = ([*line, _points(points.get(number, 0))] for number, line in lines)
    return csv_answer(name, (*CSV_COLUMNS, "pool_points"), seen)


@require_POST
@access.signed_in
def feature(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Puts a beat first on its artist's profile, or with `feature=no` none; then back to the list as it was."""
    member, beat = access.beat_of_member(request, beat_id, edit=True)
    try:
        if request.POST.get("feature") == "no":
            actions.stop_featuring(member.artist)
            messages.success(request, "No beat is featured now.")
        else:
            actions.feature_beat(beat, by=viewer.person(request), now=clock.now())
            messages.success(request, f"{beat.name} is first on your public profile.")
    except actions.CannotFeature as refusal:
        messages.error(request, str(refusal))
    return redirect(list_address(request, member))


def _points(micro: int) -> Decimal:
    return Decimal(micro).scaleb(-6)


def _lines(artist_id: int, ids: list[int]) -> Iterator[tuple[int, list[Cell]]]:
    """Each beat's number and cells, read in portions, so that a large catalogue streams."""
    for some in portions(ids):
        cards, facts = catalog.beat_cards(some), facts_of_beats(artist_id, some)
        totals = listening.beat_totals(some)
        for beat_id in filter(
            cards.__contains__, some
        ):  # what was deleted while the file is read is left out
            yield beat_id, _line(cards[beat_id], facts[beat_id], totals[beat_id])


def _line(beat: catalog.BeatCard, facts: BeatFacts, total: listening.Totals) -> list[Cell]:
    published = beat.first_published_at
    return [
        *(
            beat.name,
            ", ".join(artist.name for artist in beat.artists),
            beat.state,
            facts.licensing,
            beat.bpm,
            beat.key_name,
        ),
        *(beat.duration_ms // 1000, total.plays, total.downloads, facts.percent, ", ".join(facts.reasons)),
        *(published.isoformat() if published else None, beat.updated_at.isoformat()),
    ]
