"""My Beats."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from backline.core import clock
from backline.people.models import Member
from backline.web import access
from backline.web.beats.forms import BeatFilter
from backline.web.beats.queries import beat_table
from backline.web.render import page
from backline.web.sections import attempt


@access.artist_page("My Beats")
def my_beats(request: HttpRequest, member: Member) -> HttpResponse:
    """The artist's beats as a table, narrowed by words and state, a page at a time."""
    form = BeatFilter(request.GET)
    form.is_valid()
    words, state = form.cleaned_data.get("q", ""), form.cleaned_data.get("state", "")
    number = form.cleaned_data.get("page") or 1
    artist, now = member.artist, clock.now()
    table = attempt(
        request,
        "beats",
        lambda: beat_table(artist.pk, handle=artist.handle, page=number, state=state, search=words, now=now),
    )
    kept = {"artist": artist.handle, "q": words, "state": state}
    address = f"/dashboard/beats/?{urlencode({name: value for name, value in kept.items() if value})}&page="
    return page(request, "beats/page.html", table=table, words=words, state=state, form=form, address=address)
