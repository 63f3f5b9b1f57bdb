"""Several beats at once: asks before it does something, does it, and offers to undo it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.catalog import queries as catalog
from backline.catalog.models import Beat
from backline.catalog.queries import catalogue
from backline.catalog.queries.life import undeletable
from backline.core import clock
from backline.money import queries as money
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.beats.asked import asked
from backline.web.beats.columns import show_columns
from backline.web.beats.queries import matching_ids
from backline.web.beats.state import State
from backline.web.beats.tasks import TASKS, Done, carry_out, undo
from backline.web.formats import counted
from backline.web.numbers import number_in, numbers_of
from backline.web.render import page

MOST_AT_ONCE = 1_000
MOST_IN_TABLE = 50
MOST_NAMED = 20
UNDO = "beats_undo"


@dataclass(frozen=True)
class Chosen:
    """Chosen beats, own ones only: their numbers, the cards of the first of them, and what delete would refuse."""

    ids: list[int]
    cards: list[catalog.BeatCard]
    refused: dict[int, str]

    @property
    def more(self) -> int:
        """How many are not named."""
        return len(self.ids) - len(self.cards)


@require_POST
@access.artist_page("My Beats", edit=True)
def chosen(request: HttpRequest, member: Member) -> HttpResponse:
    """Asks whether to do something to the chosen beats, and what; does it when that is confirmed."""
    name, back = request.POST.get("do", ""), list_address(request, member)
    ids = _ids(request, member)
    if problem := _problem(name, ids):
        messages.error(request, problem)
        return redirect(back)
    if name == "table":
        return redirect(f"/backstage/upload/batch/?{urlencode({'ids': ','.join(map(str, ids))})}")
    if request.POST.get("confirmed") != "yes":
        return page(request, "beats/chosen.html", back=back, name=name, **_question(name, member, ids))
    return _do(request, member, name, ids, back)


@require_POST
@access.artist_page("My Beats", edit=True)
def undo_last(request: HttpRequest, member: Member) -> HttpResponse:
    """Takes back what was done last to several beats of this artist; repeating it changes nothing."""
    last = last_done(request, member)
    request.session.pop(UNDO, None)
    if count := _undone(request, member, last) if last else 0:
        messages.success(request, f"Undone for {counted(count, 'beat')}.")
    else:
        messages.error(request, "There is nothing to undo any more.")
    return redirect(list_address(request, member))


@require_POST
@access.artist_page("My Beats")
def choose_columns(request: HttpRequest, member: Member) -> HttpResponse:
    """Remembers which columns the account wants to see."""
    show_columns(viewer.person(request), shown=request.POST.getlist("column"))
    return redirect(list_address(request, member))


@require_safe
@access.signed_in
def more(request: HttpRequest, beat_id: int) -> HttpResponse:
    """What can be done to one beat: a page, and for htmx what stands in the dialog."""
    member, beat = access.beat_of_member(request, beat_id, edit=True)
    viewer.remember_artist(request, member)
    featured = catalog.featured_beat(member.artist_id)
    card = catalog.beat_cards([beat.pk])[beat.pk]
    on = featured is not None and featured.id == beat.pk
    return page(request, "beats/more.html", beat=card, featured=on, back=list_address(request, member))


def last_done(request: HttpRequest, member: Member) -> dict[str, Any] | None:
    """What was done last to several beats of this artist, and can be undone."""
    last: dict[str, Any] | None = request.session.get(UNDO)
    return last if last and last["artist"] == member.artist_id else None


def _do(request: HttpRequest, member: Member, name: str, ids: list[int], back: str) -> HttpResponse:
    by, now, choice = viewer.person(request), clock.now(), request.POST.get("choice", "")
    try:
        done = carry_out(name, member.artist, beat_ids=ids, choice=choice, by=by, now=now)
    except ValueError:
        messages.error(request, "Choose one of the offered.")
        return redirect(back)
    request.session[UNDO] = _kept(member, name, done)
    return redirect(f"{back}{'&' if '?' in back else '?'}done=yes")


def _undone(request: HttpRequest, member: Member, last: dict[str, Any]) -> int:
    by, now = viewer.person(request), clock.now()
    try:
        return undo(last["do"], member.artist, beat_ids=last["ids"], before=last["before"], by=by, now=now)
    except ValueError:
        return 0


def _kept(member: Member, name: str, done: Done) -> dict[str, Any]:
    """For the next page: what was done in words, what was refused, and what undoing needs."""
    ids, refused = list(done.outcome.done), list(done.outcome.refused.values())
    says = f"{counted(len(ids), 'beat')} {TASKS[name].done}." if ids else "Nothing was changed."
    more = (
        f"{counted(len(refused) - MOST_NAMED, 'beat')} more stay as they are."
        if len(refused) > MOST_NAMED
        else ""
    )
    said = [*refused[:MOST_NAMED], *filter(None, [more])]
    return {
        "artist": member.artist_id,
        "do": name,
        "ids": ids,
        "before": done.before,
        "says": says,
        "stay": said,
    }


def _question(name: str, member: Member, ids: list[int]) -> dict[str, Any]:
    refused = undeletable(member.artist_id, ids) if name == "delete" else {}
    first = sorted(ids, key=lambda number: number not in refused)[:MOST_NAMED]
    cards = list(catalog.beat_cards(first).values())
    choices = {
        "collect": lambda: catalogue.collection_choices(member.artist_id),
        "license": lambda: Beat.Licensing.choices,
    }
    return {
        "task": TASKS[name],
        "chosen": Chosen(ids, cards, refused),
        "choices": choices.get(name, list)(),
    }


def _problem(name: str, ids: list[int]) -> str:
    if name not in TASKS and name != "table":
        return "That cannot be done to several beats."
    if not ids:
        return "No beat of yours was chosen."
    most = MOST_IN_TABLE if name == "table" else MOST_AT_ONCE
    return f"At most {most:,} beats at once; these are {len(ids):,}." if len(ids) > most else ""


def _ids(request: HttpRequest, member: Member) -> list[int]:
    """The artist's own beats among those ticked, or, with `all`, among those that fit the filters of `asked`."""
    sent = request.POST
    wanted = [*numbers_of(sent, "chosen"), *filter(None, map(number_in, sent.get("ids", "").split(",")))]
    if sent.get("all") == "yes":
        _, state = asked(QueryDict(sent.get("asked", "")), member, zone=viewer.person(request).zone_info)
        points = money.pool_points_of_artist_beats(member.artist_id) if state.needs_points else {}
        wanted = matching_ids(member, state, points=points, now=clock.now())
    return catalogue.own_among(member.artist_id, wanted)


def list_address(request: HttpRequest, member: Member) -> str:
    """The list as it was."""
    back = request.POST.get("back", "")
    return back if back.startswith(f"{State.PATH}?") else f"{State.PATH}?artist={member.artist.handle}"
