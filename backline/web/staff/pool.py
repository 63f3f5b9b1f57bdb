"""The pool: buckets of days, what is held, reconciliation."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.core import clock
from backline.money import queries as money
from backline.money.actions import NotHeld, release_hold
from backline.money.queries.holds import OLDEST
from backline.money.queries.provider import provider_state
from backline.people.models import Account
from backline.web import access, viewer
from backline.web.render import page
from backline.web.staff.comparing import reconciliation
from backline.web.staff.forms import BucketChoice, HoldSearch
from backline.web.staff.queries import bucket_month, hold_list


@require_safe
@access.staff_only
def buckets(request: HttpRequest) -> HttpResponse:
    """A month's days in one currency: paid in, accrued, corrected."""
    form = BucketChoice(request.GET)
    form.is_valid()
    choice = form.cleaned_data
    found = bucket_month(choice.get("month"), currency=choice.get("currency", ""), now=clock.now())
    return page(request, "staff/buckets.html", found=found)


@require_safe
@access.staff_only
def holds(request: HttpRequest) -> HttpResponse:
    """What is kept for artists who cannot be paid."""
    form = HoldSearch(request.GET)
    form.is_valid()
    place = form.cleaned_data
    words, order = place.get("q", ""), place.get("sort") or OLDEST
    found = hold_list(words, order=order, page=place.get("page") or 1)
    return page(request, "staff/holds.html", found=found, words=words, order=order)


@require_POST
@access.staff_only
def release(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Lets go of a hold although the artist is not set up."""
    if not money.is_held(hold_id):
        messages.error(request, "This hold has ended already.")
        return redirect("staff-holds")
    try:
        release_hold(hold_id, by=cast(Account, viewer.account(request)), now=clock.now())
    except NotHeld as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Released: it is available to the artist.")
    return redirect("staff-holds")


@require_safe
@access.staff_only
def reconcile(request: HttpRequest) -> HttpResponse:
    """What was recorded against what the ledger says, and what Stripe says."""
    return page(request, "staff/reconciliation.html", found=reconciliation(), state=provider_state())
