"""Looking accounts and artists up."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from backline.core import clock
from backline.domain.applications import KINDS
from backline.money import queries as money
from backline.people import queries
from backline.web import access, viewer
from backline.web.numbers import page_in
from backline.web.program.forms import BecomeForm
from backline.web.render import page
from backline.web.staff_people.adding import add_unclaimed
from backline.web.staff_people.finding import MOST_WORDS, found_artists
from backline.web.step_up import has_two_factor
from backline.web.view_as.session import eyes_of, hindrance

SIZE = 25


@require_safe
@access.staff_only
def people(request: HttpRequest) -> HttpResponse:
    """Accounts by name or address, artists by name or handle; without words the newest accounts."""
    words = " ".join(request.GET.get("q", "").split())[:MOST_WORDS]
    accounts = queries.found_accounts(words, page=page_in(request.GET), size=SIZE)
    artists = found_artists(words) if words else []
    return page(request, "staff_people/page.html", words=words, accounts=accounts, artists=artists)


@require_safe
@access.staff_only
def person(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account."""
    found = queries.account_facts(account_id, now=clock.now())
    if found is None:
        raise Http404
    return page(
        request, "staff_people/account.html", found=found, two_factor=has_two_factor(found.account),
        hindrance=hindrance(found.account), kinds=KINDS,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@access.staff_only
def new_artist(request: HttpRequest) -> HttpResponse:
    """A profile for an artist who is not here yet: anybody may claim it."""
    form = BecomeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (made := add_unclaimed(form, by=viewer.person(request))):
        messages.success(request, f"{made.name} is at @{made.handle}, for its artist to claim.")
        return redirect("staff-artist", made.pk)
    return page(request, "staff_people/new.html", status=422 if form.errors else 200, form=form)


@require_safe
@access.staff_only
def artist(request: HttpRequest, artist_id: int) -> HttpResponse:
    """One artist."""
    found = queries.artist_facts(artist_id)
    if found is None:
        raise Http404
    return page(
        request, "staff_people/artist.html", found=found, eyes=eyes_of(found.artist),
        payouts=money.payout_account(artist_id, now=clock.now()), kinds=KINDS,
    )  # fmt: skip
