"""Plans: choosing one, paying on Stripe's page, coming back, changing it there."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.core import clock
from backline.integrations.stripe.events import Event
from backline.money.actions import store_event
from backline.shop import queries as shop
from backline.shop.actions import billing
from backline.web import access, viewer
from backline.web.plans.forms import StartForm
from backline.web.render import page


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """What can be subscribed to, and what the account holds."""
    person = viewer.account(request)
    held = shop.held_plan(person.pk) if person else None
    currencies = shop.plan_currencies()
    wanted = held.currency if held else request.GET.get("currency", "")
    currency = wanted if wanted in currencies else next(iter(currencies), "")
    offers = shop.plan_offers(currency)
    return page(
        request, "plans/page.html", offers=offers, held=held, currency=currency, currencies=currencies
    )


@require_POST
@access.signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Leads to Stripe's page, where the plan is paid."""
    person, form = viewer.account(request), StartForm(request.POST)
    if person is None or not form.is_valid():
        raise Http404
    addresses = {
        "success_url": f"{settings.PUBLIC_URL}/plans/done/",
        "cancel_url": f"{settings.PUBLIC_URL}/plans/",
    }
    try:
        return redirect(
            billing.open_checkout(person, price=form.cleaned_data["price"], now=clock.now(), **addresses)
        )
    except billing.BillingRefused as problem:
        messages.error(request, str(problem))
        return redirect("plans")


@require_POST
@access.signed_in
def manage(request: HttpRequest) -> HttpResponse:
    """Leads to Stripe's page, where a plan is changed, paid or ended."""
    person = viewer.account(request)
    if person is None:
        raise Http404
    try:
        return redirect(billing.open_portal(person, return_url=f"{settings.PUBLIC_URL}/plans/"))
    except billing.BillingRefused as problem:
        messages.error(request, str(problem))
        return redirect("plans")


@require_safe
@access.signed_in
def done(request: HttpRequest) -> HttpResponse:
    """Back from Stripe's page, which proves nothing: the worker looks, and the page asks until it has."""
    person = viewer.account(request)
    row = shop.last_checkout(person.pk) if person else None
    if row is not None and row.state == row.State.OPEN:
        now = clock.now()
        name = f"returned {row.external_id} {now:%H:%M}"
        store_event(Event(name, "checkout.session.returned", row.external_id, "", now), raw="", now=now)
    return page(request, "plans/done.html", checkout=row)
