"""Somebody comes back from the provider: to link it, to confirm who they are, or to sign in or up."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.internal.flows import reauthentication
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.userkit import filter_users_by_email
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from backline.core import clock
from backline.people import actions
from backline.people.models import Account
from backline.web import step_up
from backline.web.render import page
from backline.web.sign_in_provider.configured import configured

SIGN_IN, LINK, CONFIRM = "login", "connect", "confirm"
PURPOSES = (SIGN_IN, LINK, CONFIRM)


def answer(request: HttpRequest, arrived: SocialLogin) -> HttpResponse | None:
    """What linking and confirming end with; None when the sign-in goes on."""
    purpose = arrived.state["process"]
    if purpose == SIGN_IN:
        return None if arrived.is_existing else _known_address(request, arrived)
    if not isinstance(request.user, Account):
        return redirect("account_login")
    return (_linked if purpose == LINK else _confirmed)(request, request.user, arrived)


def _known_address(request: HttpRequest, arrived: SocialLogin) -> HttpResponse | None:
    """To whom the provider says the address is: an account has it, and is not opened by that.

    Of an address nobody vouches for it is not said whether it is known: the library writes to it instead.
    """
    vouched = [each.email for each in arrived.email_addresses if each.verified]
    if not any(filter_users_by_email(email) for email in vouched):
        return None
    return page(request, "sign_in_provider/known.html", email=vouched[0], name=configured().name, status=409)


def _linked(request: HttpRequest, account: Account, arrived: SocialLogin) -> HttpResponse:
    link = arrived.account
    try:
        if not step_up.is_fresh(request, account):
            raise actions.NotPossible("That took more than ten minutes. Link it once more.")
        actions.link_provider(
            account, provider=link.provider, uid=link.uid, email=link.extra_data["email"],
            name=configured().name, now=clock.now(),
        )  # fmt: skip
    except actions.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{configured().name} signs you in from now on.")
    return redirect("socialaccount_connections")


def _confirmed(request: HttpRequest, account: Account, arrived: SocialLogin) -> HttpResponse:
    """Goes on with what was asked for, when it is the same person."""
    onward = arrived.state.get("next") or "/settings/"
    if arrived.user.pk != account.pk:
        messages.error(request, f"That is not the {configured().name} account that is linked here.")
        return redirect(f"{reverse('oidc-confirm')}?{urlencode({'next': onward})}")
    record_authentication(
        request, account, method="socialaccount", reauthenticated=True,
        provider=arrived.account.provider, uid=arrived.account.uid,
    )  # fmt: skip
    # The library looks in the query for where to go on.
    request.GET = QueryDict(urlencode({"next": onward}))
    return reauthentication.resume_request(request) or redirect(onward)
