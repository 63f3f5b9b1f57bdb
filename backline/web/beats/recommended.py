"""Recommendations on My Beats: who is shown with which facts, inviting one, and not being shown to others."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.catalog.models import Beat
from backline.catalog.queries.catalogue import open_to
from backline.catalog.queries.recommended import (
    Recommendation,
    Recommendations,
    beats_that_tell,
    is_recommended,
    recommended_artists,
)
from backline.core import clock
from backline.domain.recommending import ENOUGH_BEATS
from backline.people.models import Artist, Member
from backline.web import access, viewer
from backline.web.numbers import number_in
from backline.web.render import page

MOST_OFFERED = 50


@dataclass(frozen=True)
class Recommended:
    """Who is recommended; `tells` beats it could rest on, of at least `needs`; `is_open`: to others too."""

    close: Recommendations
    tells: int
    is_open: bool
    needs: int = ENOUGH_BEATS


def recommended(member: Member) -> Recommended:
    """What the section shows."""
    close = recommended_artists(member.artist_id)
    tells = ENOUGH_BEATS if close.found else beats_that_tell(member.artist_id)
    return Recommended(close, tells, is_recommended(member.artist_id))


def facts(one: Recommendation) -> list[str]:
    """What both catalogues share, in words.

    The tempo is the other artist's median, the keys are those that three in five beats of both have.
    """
    match, genres = one.match, one.match.shared_genres
    said = [
        f"{genres} {'genre' if genres == 1 else 'genres'} in common",
        f"both around {match.bpm} BPM" if match.bpm is not None else "",
        f"both mostly in {match.scale} keys" if match.scale else "",
        "a catalogue of a size like yours" if match.is_alike_in_size else "",
        f"also worked with {' and '.join(one.partners[:2])}" if one.partners else "",
    ]
    return [sentence for sentence in said if sentence]


@require_http_methods(["GET", "HEAD", "POST"])
@access.artist_page("Invite", edit=True)
def invite(request: HttpRequest, member: Member, handle: str) -> HttpResponse:
    """Chooses the own beat that another artist is invited to, and invites."""
    other = access.public_artist(handle)
    if other.pk == member.artist_id:
        raise Http404
    own = open_to(member.artist_id, other.pk)
    if request.method == "POST":
        return _invite(request, own.filter(pk=number_in(request.POST.get("beat", "")) or 0).first(), other)
    ids = list(own.values_list("pk", flat=True)[:MOST_OFFERED])
    cards = list(catalog.beat_cards(ids).values())
    return page(request, "beats/invite.html", other=other, beats=cards, total=own.count())


@require_POST
@access.artist_page("My Beats", edit=True)
def choose_recommended(request: HttpRequest, member: Member) -> HttpResponse:
    """Lets the artist be recommended to others, or not."""
    if request.POST.get("open") == "no":
        actions.stop_recommending(member.artist, by=viewer.person(request), now=clock.now())
        messages.success(request, f"{member.artist.name} is recommended to nobody from now on.")
    else:
        actions.recommend_again(member.artist)
        messages.success(request, f"{member.artist.name} may be recommended to other artists.")
    return redirect(f"/dashboard/beats/?artist={member.artist.handle}#recommended")


def _invite(request: HttpRequest, beat: Beat | None, other: Artist) -> HttpResponse:
    if beat is None:
        messages.error(request, "Choose one of your beats.")
        return redirect(request.get_full_path())
    try:
        actions.invite_credit(beat, artist=other, now=clock.now(), by=viewer.person(request))
        messages.success(request, f"{other.name} is invited to {beat.name}.")
    except actions.CannotInvite as refusal:
        messages.error(request, str(refusal))
    return redirect("beat-form", beat.pk)
