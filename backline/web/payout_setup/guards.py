"""Who may change where money goes: an owner, who has just proved who they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from backline.money import queries as money
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.render import page
from backline.web.step_up import demand_fresh_sign_in, has_two_factor

ActingView = Callable[[HttpRequest, Member], HttpResponseBase]


def owner_view(view: ActingView) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page of an owner of the selected artist."""

    @wraps(view)
    @access.artist_page("Finances")
    def guarded(request: HttpRequest, member: Member) -> HttpResponseBase:
        access.demand_owner(member)
        return view(request, member)

    return guarded


def acting_owner(view: ActingView) -> Callable[[HttpRequest], HttpResponseBase]:
    """An owner who gave the password or passkey within ten minutes and, once money was paid, has a second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, member: Member) -> HttpResponseBase:
        if answer := second_factor_missing(request, member):
            return answer
        return demand_fresh_sign_in(request) or view(request, member)

    return owner_view(guarded)


def second_factor_missing(request: HttpRequest, member: Member) -> HttpResponse | None:
    """The page that asks for a second factor; None when there is one, or while nothing was ever paid out."""
    if has_two_factor(viewer.person(request)) or not was_paid(member.artist_id):
        return None
    return page(request, "payout_setup/two_factor.html", status=403)


def was_paid(artist_id: int) -> bool:
    """Whether money of this artist ever arrived at a bank."""
    sums = money.sums_of(artist_id)
    return any(money.card_in(sums, code, "lifetime") > 0 for code in money.currencies_in(sums))
