"""The way to Stripe and back, bank details, disconnecting. Only what is started here may wait for Stripe."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.core import clock
from backline.money import actions
from backline.money import queries as money
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.leave import leave
from backline.web.payout_setup.forms import BankForm, CountryForm
from backline.web.payout_setup.guards import acting_owner, owner_view
from backline.web.payout_setup.reminder import dismiss_reminder
from backline.web.posted import posted
from backline.web.render import page

FINANCES = "/dashboard/finances/"
Refusals = (actions.PayoutsUnreachable, actions.PayoutsRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@acting_owner
def connect(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Asks for the country, then leads to Stripe's form; where Stripe does not serve it, to the bank details."""
    form = CountryForm(posted(request))
    if not (request.method == "POST" and form.is_valid()):
        return page(request, "payout_setup/connect.html", form=form, status=422 if form.errors else 200)
    country = form.cleaned_data["country"]
    if not any(each.stripe for each in money.countries() if each.code == country):
        return redirect(
            f"{reverse('payouts-details')}?{urlencode({'artist': member.artist.handle, 'country': country})}"
        )
    return _onboard(request, member, country)


@require_POST
@acting_owner
def go_on(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Back to Stripe's form where it was left: a fresh link."""
    return _resume(request, member)


@require_safe
@acting_owner
def again(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Stripe sends people here whose link had expired or was used: a fresh one."""
    return _resume(request, member)


@require_safe
@owner_view
def back(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Stripe sends people here when they are done or gave up: asks how it stands, then shows Finances."""
    try:
        actions.refresh_payout_account(member.artist, now=clock.now())
    except Refusals as refusal:
        messages.warning(request, f"{refusal} This page shows it as soon as Stripe says.")
    return _finances(member)


@require_POST
@owner_view
def check(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Asks Stripe how it stands."""
    try:
        changed = actions.refresh_payout_account(member.artist, now=clock.now())
        messages.success(request, "Stripe answered." if changed else "Stripe answered; nothing has changed.")
    except Refusals as refusal:
        messages.error(request, str(refusal))
    return _finances(member)


@require_POST
@acting_owner
def bank(request: HttpRequest, member: Member) -> HttpResponseBase:
    """To Stripe's form for another bank account."""
    return _away(
        request,
        member,
        lambda: actions.update_link(member.artist, now=clock.now(), **_ways_back(request, member)),
    )


@require_POST
@acting_owner
def stripe(request: HttpRequest, member: Member) -> HttpResponseBase:
    """To the artist's own pages at Stripe."""
    return _away(request, member, lambda: actions.dashboard_link(member.artist))


@require_http_methods(["GET", "HEAD", "POST"])
@acting_owner
def details(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Bank details for the manual bank file. What is stored is never shown again but its end."""
    first = {"country": request.GET.get("country", "")}
    form = BankForm(posted(request), artist_id=member.artist_id, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_bank_details(
                member.artist, by=viewer.person(request), now=clock.now(), **form.cleaned_data
            )
            messages.success(
                request, "Your bank details are stored. Staff confirm them before the first payment."
            )
            return _finances(member)
        except actions.BadBankDetails as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    account = money.payout_account(member.artist_id, now=clock.now())
    status = 422 if form.errors else 200
    return page(request, "payout_setup/details.html", form=form, account=account, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@acting_owner
def disconnect(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Asks, then lets the payout account go. The money stays."""
    if request.method != "POST":
        account = money.payout_account(member.artist_id, now=clock.now())
        return page(request, "payout_setup/disconnect.html", account=account)
    try:
        actions.disconnect(member.artist, now=clock.now())
        messages.success(request, "The payout account is disconnected. Your money is kept.")
    except Refusals as refusal:
        messages.error(request, str(refusal))
    return _finances(member)


@require_POST
@access.signed_in
def dismiss(request: HttpRequest) -> HttpResponse:
    """No more reminders of set-up in this session."""
    dismiss_reminder(request)
    back = request.POST.get("back", "")
    return redirect(back if back.startswith("/dashboard/") else FINANCES)


def _resume(request: HttpRequest, member: Member) -> HttpResponseBase:
    account = money.payout_account(member.artist_id, now=clock.now())
    if account is None or account.provider != "stripe":
        return redirect(f"{reverse('payouts-connect')}?artist={member.artist.handle}")
    return _onboard(request, member, account.country)


def _onboard(request: HttpRequest, member: Member, country: str) -> HttpResponseBase:
    return _away(
        request,
        member,
        lambda: actions.start_onboarding(
            member.artist,
            country=country,
            by=viewer.person(request),
            now=clock.now(),
            **_ways_back(request, member),
        ),
    )


def _away(request: HttpRequest, member: Member, link: Callable[[], str]) -> HttpResponseBase:
    """To where the link leads; when Stripe does not give one, back to Finances with the reason."""
    try:
        return leave(request, link(), site="Stripe")
    except (*Refusals, actions.CountryNotServed) as refusal:
        messages.error(request, str(refusal))
        return _finances(member)


def _ways_back(request: HttpRequest, member: Member) -> dict[str, str]:
    of = urlencode({"artist": member.artist.handle})
    return {
        "return_url": request.build_absolute_uri(f"{reverse('payouts-return')}?{of}"),
        "refresh_url": request.build_absolute_uri(f"{reverse('payouts-again')}?{of}"),
    }


def _finances(member: Member) -> HttpResponse:
    return redirect(f"{FINANCES}?{urlencode({'artist': member.artist.handle})}")
