"""Asking again who it is, before money or security change."""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows import reauthentication
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import serialize_request
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from backline.core import clock
from backline.people.models import Account
from backline.web import viewer
from backline.web.access import View, to_sign_in

REAUTHENTICATE = "/accounts/reauthenticate/"


def demand_fresh_sign_in(request: HttpRequest) -> HttpResponse | None:
    """None when the account proved who it is within ten minutes, else the answer that asks for it.

    A form that was sent is kept and carried out after the answer.

    Raises:
        PermissionDenied: staff look at the page as somebody else, whose sign-in is not theirs to give.
    """
    if viewer.looking(request):
        raise PermissionDenied("Only the person may come here, after signing in again.")
    person = viewer.account(request)
    if person is None:
        return to_sign_in(request)
    if is_fresh(request, person):
        return None
    if htmx := getattr(request, "htmx", None):
        back = urlencode({"next": htmx.current_url_abs_path or "/"})
        return HttpResponseClientRedirect(f"{REAUTHENTICATE}?{back}")
    if request.method == "POST":
        request.session[reauthentication.STATE_SESSION_KEY] = {"request": serialize_request(request)}
    # A kept form is found again by its path alone; it has its own query.
    back = request.path if request.method == "POST" else request.get_full_path()
    return redirect(f"{REAUTHENTICATE}?{urlencode({'next': back})}")


def fresh_sign_in_required(view: View) -> View:
    """For what changes money or security: asks who it is again when the last time is ten minutes ago."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return demand_fresh_sign_in(request) or view(request, *args, **kwargs)

    return guarded


def fresh_sign_in_to_send(view: View) -> View:
    """The same for a page that everybody signed in may read: only sending its forms asks again."""
    asking = fresh_sign_in_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (asking if request.method == "POST" else view)(request, *args, **kwargs)

    return guarded


def is_fresh(request: HttpRequest, person: Account) -> bool:
    """Whether the account proved who it is within ten minutes.

    The library lets an account pass that has neither password nor factor; here its provider is asked.
    """
    if person.has_usable_password() or reauthentication.get_reauthentication_flows(person):
        return bool(reauthentication.did_recently_reauthenticate(request))
    records = get_authentication_records(request, person)
    latest = max((record["at"] for record in records if record.get("reauthenticated")), default=0.0)
    return clock.now().timestamp() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def has_two_factor(person: Account) -> bool:
    """Whether the account signs in with a second factor or a passkey. One query."""
    return bool(is_mfa_enabled(person))
