"""To the provider and back, and the links of an account."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.views import signup
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from backline.core import clock
from backline.integrations import oidc
from backline.people import actions, queries
from backline.web import access, step_up, viewer
from backline.web.leave import leave
from backline.web.render import page
from backline.web.sign_in_provider import flow
from backline.web.sign_in_provider.arriving import LINK, PURPOSES, SIGN_IN
from backline.web.sign_in_provider.configured import configured

log = logging.getLogger("backline.oidc")
View = Callable[..., HttpResponseBase]


def where_configured(view: View) -> View:
    """404 while no provider is set up, and a limit on how many forms come from one address."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        configured()
        limited: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
        return limited or view(request, *args, **kwargs)

    return guarded


@require_POST
@where_configured
def start(request: HttpRequest) -> HttpResponseBase:
    """The button: on to the provider."""
    purpose = request.POST.get("process", SIGN_IN)
    if refused := _held_up(request, purpose):
        return refused
    try:
        address = flow.begin(request, purpose=purpose, next_url=get_next_redirect_url(request))
    except (oidc.NoAnswer, oidc.Untrusted) as problem:
        return _failed(request, problem)
    return leave(request, address, site=configured().name)


@require_GET
@never_cache
@where_configured
def callback(request: HttpRequest) -> HttpResponseBase:
    """The return from the provider."""
    try:
        kept = flow.begun(request)
        if "code" not in request.GET:
            return _cancelled(request)
        arrived = flow.finish(request, kept, code=request.GET["code"])
    except PermissionDenied:
        return _failed(request, oidc.Untrusted("no such attempt, or an old one"))
    except (oidc.NoAnswer, oidc.Untrusted) as problem:
        return _failed(request, problem)
    try:
        answer: HttpResponse = complete_social_login(request, arrived)
    except IntegrityError:
        # The same person came twice at once, and the other one was first. Nothing of this account was kept.
        return _failed(request, oidc.Untrusted("the account was made by another sign-in meanwhile"))
    return answer


@where_configured
@access.signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Asks an account that has neither password nor factor to come by its provider once more."""
    return page(
        request,
        "sign_in_provider/confirm.html",
        name=configured().name,
        next=get_next_redirect_url(request) or "/settings/",
    )


@where_configured
def finish_signup(request: HttpRequest) -> HttpResponseBase:
    """The sign-up form, for what the provider did not say."""
    answer: HttpResponseBase = signup(request)
    return answer


@where_configured
@access.signed_in
def connections(request: HttpRequest) -> HttpResponse:
    """Which accounts of the provider sign in as this one."""
    person = viewer.person(request)
    return page(
        request,
        "sign_in_provider/page.html",
        links=queries.provider_links(person),
        name=configured().name,
        key=configured().key,
        has_password=person.has_usable_password(),
    )


@require_POST
@where_configured
@access.signed_in
@step_up.fresh_sign_in_required
def remove(request: HttpRequest, link_id: int) -> HttpResponse:
    """Unlinks an account of the provider."""
    name = configured().name
    try:
        if not actions.unlink_provider(viewer.person(request), link_id=link_id, name=name, now=clock.now()):
            raise Http404
    except actions.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{name} no longer signs you in.")
    return redirect("socialaccount_connections")


def _held_up(request: HttpRequest, purpose: str) -> HttpResponse | None:
    """What comes before going to the provider, for what only an account may go for."""
    if purpose not in PURPOSES:
        raise Http404
    if purpose != SIGN_IN and viewer.account(request) is None:
        return redirect("account_login")
    return step_up.demand_fresh_sign_in(request) if purpose == LINK else None


def _cancelled(request: HttpRequest) -> HttpResponse:
    """The person said no there, or the provider did."""
    log.info("the provider sent somebody back: %s", request.GET.get("error", "")[:80])
    return page(request, "sign_in_provider/cancelled.html", name=configured().name)


def _failed(request: HttpRequest, problem: Exception) -> HttpResponse:
    """What to do next; why it failed is for the log, since it may be somebody who tries things."""
    away = isinstance(problem, oidc.NoAnswer)
    log.warning("sign-in by the provider failed: %s: %s", type(problem).__name__, problem)
    return page(
        request,
        "sign_in_provider/failed.html",
        name=configured().name,
        away=away,
        status=502 if away else 400,
    )
