"""The ledger: accounts, an account's entries, an entry's postings."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from backline.web import access
from backline.web.render import page
from backline.web.staff.forms import AccountPlace, LedgerSearch
from backline.web.staff.queries import account_view, entry_view, ledger_front


@require_safe
@access.staff_only
def home(request: HttpRequest) -> HttpResponse:
    """The staff area begins with what is to be settled."""
    return redirect("/staff/settlements/")


@require_safe
@access.staff_only
def front(request: HttpRequest) -> HttpResponse:
    """The platform's accounts, and those of an artist that is looked for. A key leads to its entry."""
    form = LedgerSearch(request.GET)
    form.is_valid()
    handle, key = form.cleaned_data.get("artist", ""), form.cleaned_data.get("key", "")
    if key:
        return redirect("staff-entry", key=key)
    handle = handle.removeprefix("@")
    return page(request, "staff/ledger.html", front=ledger_front(handle), handle=handle)


@require_safe
@access.staff_only
def account(request: HttpRequest) -> HttpResponse:
    """One account: its balance and its entries, newest first."""
    form = AccountPlace(request.GET)
    if not form.is_valid():
        raise Http404
    place = form.cleaned_data
    found = account_view(place["address"], currency=place["currency"], before=place["before"])
    if found is None:
        raise Http404
    return page(request, "staff/account.html", account=found, place=place)


@require_safe
@access.staff_only
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """One entry with its postings and what reverses it."""
    found = entry_view(key)
    if found is None:
        raise Http404
    return page(request, "staff/entry.html", found=found)
