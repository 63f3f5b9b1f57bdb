"""Leaderboards, and the setting which of them an artist is on."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from backline.core import clock
from backline.domain.boards import Board
from backline.people.models import Member
from backline.standing.snapshots import queries as boards
from backline.standing.snapshots.actions import set_opt_outs
from backline.web import access
from backline.web.leaderboards.forms import BoardsForm
from backline.web.leaderboards.queries import ranking
from backline.web.leaderboards.rules import rules
from backline.web.leaderboards.state import state_of
from backline.web.leaderboards.story import story
from backline.web.leaderboards.tabs import spans, tabs
from backline.web.render import page
from backline.web.sections import attempt, wanted

TOGETHER: dict[str, tuple[str, ...]] = {"board_list": ("ranking",)}
"""Turning pages and searching fetch the list alone, which tells no story."""


@require_safe
@access.artist_page("Leaderboards")
def leaderboards(request: HttpRequest, member: Member) -> HttpResponse:
    """A board with the artist's place on it; the list and the story of the place fail alone."""
    state = state_of(request, artist=member.artist.handle)
    reads: dict[str, Any] = {
        "ranking": partial(ranking, state, member),
        "story": partial(story, state, member, now=clock.now()),
    }
    asked = wanted(request, reads, TOGETHER)
    found: dict[str, Any] = {name: attempt(request, name, read) for name, read in asked.items()}
    choices: dict[str, Any] = {"state": state, "tabs": tabs(state), "spans": spans(state), "rules": rules()}
    response = page(request, "leaderboards/page.html", **choices, **found)
    if request.headers.get("HX-Target") in ("board", "board-list"):
        response["HX-Push-Url"] = state.address(page=state.page)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@access.artist_page("Leaderboards", edit=True)
def opt_outs(request: HttpRequest, member: Member) -> HttpResponse:
    """Shows and saves which boards the artist is ranked on."""
    out = boards.opt_outs(member.artist_id)
    initial = {"boards": [board.value for board in Board if board not in out]}
    form = BoardsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        left = {board for board in Board if board.value not in form.cleaned_data["boards"]}
        set_opt_outs(member.artist, boards=left, by=member.account, now=clock.now())
        messages.success(request, "Saved. The next snapshot follows it, within five minutes.")
        return redirect(f"/settings/leaderboards/?artist={quote(member.artist.handle)}")
    status = 422 if form.errors else 200
    return page(request, "leaderboards/settings.html", form=form, out=out, status=status)
