"""Transfers for staff, the manual bank file, and what of the provider's books has no match."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.core import clock
from backline.money import actions as money
from backline.money.actions.bank_files import COLUMNS, bank_file_rows
from backline.money.actions.reconciling import settle_line
from backline.money.models import BankFile, PayoutAccount, Transfer
from backline.money.queries.provider import bank_desk, transfer_list
from backline.people.models import Account
from backline.web import access, viewer
from backline.web.render import page
from backline.web.staff.forms import ExplainLine, TransferSearch
from backline.web.step_up import fresh_sign_in_required
from backline.web.tables import csv_answer


@require_safe
@access.staff_only
def transfers(request: HttpRequest) -> HttpResponse:
    """All transfers by state, and the manual bank file."""
    form = TransferSearch(request.GET)
    form.is_valid()
    place = form.cleaned_data
    state, words = place.get("state", ""), place.get("q", "")
    found = transfer_list(state=state, search=words, page=place.get("page") or 1)
    return page(request, "staff/transfers.html", found=found, desk=bank_desk(), state=state, words=words)


@require_POST
@access.staff_only
def confirm(request: HttpRequest, account_id: int) -> HttpResponse:
    """Says that payout details are right."""
    try:
        money.confirm_bank_details(account_id, by=_staff(request), now=clock.now())
    except PayoutAccount.DoesNotExist:
        raise Http404 from None
    messages.success(request, "Confirmed. Transfers start once the 72 hours are over.")
    return redirect("staff-transfers")


@require_POST
@access.staff_only
def make_file(request: HttpRequest) -> HttpResponse:
    """Takes out what is queued for the bank."""
    made = money.make_bank_file(by=_staff(request), now=clock.now())
    if made is None:
        messages.error(request, "No transfer waits for a bank file.")
    else:
        messages.success(request, f"Bank file {made.pk} is made. Download it, pay it, then mark it as paid.")
    return redirect("staff-transfers")


@require_safe
@access.staff_only
@fresh_sign_in_required
def file(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A bank file as CSV, with whole account numbers."""
    rows = [[row[name] for name in COLUMNS] for row in bank_file_rows(_file(file_id))]
    return csv_answer(f"bank-file-{file_id}.csv", COLUMNS, rows)


@require_POST
@access.staff_only
def paid(request: HttpRequest, file_id: int) -> HttpResponse:
    """Says that a bank file was paid."""
    count = money.mark_paid(_file(file_id), by=_staff(request), now=clock.now())
    messages.success(request, f"{count} marked as paid." if count else "It was marked as paid before.")
    return redirect("staff-transfers")


@require_POST
@access.staff_only
def failed(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Says that the bank refused one transfer of a file."""
    if not Transfer.objects.filter(pk=transfer_id, account__provider="bank_file").exists():
        raise Http404
    form = ExplainLine(request.POST)
    if not form.is_valid():
        messages.error(request, "Say in a few words why the bank refused it; the artist reads that.")
    else:
        money.mark_failed(transfer_id, reason=form.cleaned_data["note"], now=clock.now())
        messages.success(request, "Its money is available to the artist again, who reads why.")
    return redirect("staff-transfers")


@require_POST
@access.staff_only
def explain(request: HttpRequest, line_id: int) -> HttpResponse:
    """Says what a balance transaction without a match is."""
    form = ExplainLine(request.POST)
    if not form.is_valid():
        messages.error(request, "Say in a few words what it is.")
    else:
        settle_line(line_id, note=form.cleaned_data["note"], by=_staff(request), now=clock.now())
        messages.success(request, "Explained.")
    return redirect("staff-reconciliation")


@require_POST
@access.staff_only
def replay(request: HttpRequest, event_id: int) -> HttpResponse:
    """Has an event of the provider handled once more."""
    money.replay_event(event_id, now=clock.now())
    messages.success(request, "The worker handles it again.")
    return redirect("staff-reconciliation")


def _staff(request: HttpRequest) -> Account:
    return cast(Account, viewer.account(request))


def _file(file_id: int) -> BankFile:
    found = BankFile.objects.filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found
