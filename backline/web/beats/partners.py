"""Collaboration insights on My Beats: everybody, one collaborator with what was made together, following."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from backline.audience.actions import follow_artist, unfollow_artist
from backline.audience.queries import followed_artists
from backline.catalog import queries as catalog
from backline.catalog.queries.collaborators import Collaborator, collaborators, collections_of
from backline.core import clock
from backline.listening import queries as listening
from backline.people.models import Artist, Member
from backline.web import access, viewer
from backline.web.beats.overview import Basis
from backline.web.charts.network import Network, network
from backline.web.render import page


@dataclass(frozen=True)
class Partner:
    """A collaborator with the plays of the beats made together."""

    who: Collaborator
    plays: int


@dataclass(frozen=True)
class Collaboration:
    """All collaborators, the closest first, the drawing of the closest, and whom of them the account follows."""

    partners: list[Partner]
    shared: int
    network: Network
    followed: set[int]


@dataclass(frozen=True)
class Shared:
    """A beat made together: its card, the collection it is in (or empty), and its plays."""

    beat: catalog.BeatCard
    collection: str
    plays: int


def collaboration(basis: Basis) -> Collaboration:
    """Whom the artist made public beats with. A constant number of queries."""
    together = basis.together
    ids = sorted({beat_id for one in together for beat_id in one.beat_ids})
    plays = listening.plays_of_beats(ids)
    partners = [Partner(one, sum(plays[n] for n in one.beat_ids)) for one in together]
    drawn = network(len(ids), [(one.artist.name, len(one.beat_ids)) for one in together])
    followed = followed_artists([one.artist.pk for one in together], account_id=basis.account_id)
    return Collaboration(partners, len(ids), drawn, followed)


@require_http_methods(["GET", "HEAD", "POST"])
@access.artist_page("My Beats")
def partner(request: HttpRequest, member: Member, handle: str) -> HttpResponse:
    """The beats made with one collaborator, for htmx in the dialog; by POST follows them, or no longer."""
    if request.method == "POST":
        return _follow(request, member, access.public_artist(handle))
    found = next((one for one in collaborators(member.artist_id) if one.artist.handle == handle), None)
    if found is None:
        raise Http404
    ids = list(found.beat_ids)
    cards, plays, names = catalog.beat_cards(ids), listening.plays_of_beats(ids), collections_of(ids)
    shared = [Shared(cards[n], names.get(n, ""), plays[n]) for n in ids if n in cards]
    total = sum(one.plays for one in shared)
    return page(request, "beats/partner.html", artist=found.artist, shared=shared, total=total)


def _follow(request: HttpRequest, member: Member, other: Artist) -> HttpResponse:
    following = request.POST.get("follow") != "no"
    change = follow_artist if following else unfollow_artist
    change(other, account=viewer.person(request), now=clock.now())
    if request.headers.get("HX-Request"):
        return page(request, "beats/follows.html", artist=other, following=following)
    return redirect(f"/dashboard/beats/?artist={member.artist.handle}#collaboration")
