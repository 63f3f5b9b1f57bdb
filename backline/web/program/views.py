"""The Producer Program: what it offers, applying, and how an application goes."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.core import clock
from backline.domain.applications import KINDS, OPEN, NotNow
from backline.integrations.attachments import Refused
from backline.people import actions, queries
from backline.web import access, viewer
from backline.web.numbers import number_in
from backline.web.posted import posted
from backline.web.program import applying
from backline.web.program.forms import ApplicationForm, BecomeForm, ProofForm
from backline.web.render import page


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def program(request: HttpRequest) -> HttpResponse:
    """Where sign-up is open, a name and an address make a profile at once; else what may be applied for."""
    account = viewer.person(request)
    form = BecomeForm(posted(request))
    if request.method == "POST" and not settings.OPEN_PRODUCER_SIGNUP:
        raise PermissionDenied("A profile is applied for here.")
    if request.method == "POST" and form.is_valid():
        try:
            artist = actions.become_producer(account, now=clock.now(), **form.cleaned_data)
        except actions.HandleTaken:
            form.add_error("handle", "This address is, was or reads like another artist's. Choose another.")
        except actions.NameTaken as reason:
            form.add_error("name", str(reason))
        else:
            messages.success(request, f"{artist.name} is yours. Upload a first beat to fill this page.")
            return redirect(f"/dashboard/?artist={artist.handle}")
    choices, mine = applying.choices(account, now=clock.now()), queries.applications_of(account.pk)
    return page(
        request,
        "program/page.html",
        form=form,
        open=settings.OPEN_PRODUCER_SIGNUP,
        choices=choices,
        mine=mine,
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def apply(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the three forms: *Save draft* keeps it, *Send* hands it to staff."""
    account = viewer.person(request)
    found = queries.open_application(account.pk, kind)
    if found and found.state == "pending":
        if request.method == "POST":
            messages.warning(request, "This application has been sent; staff read it as it was then.")
        return redirect("application", found.pk)
    sending = request.POST.get("action") == "send"
    form = ApplicationForm(kind, sending=sending, data=request.POST) if request.method == "POST" else None
    if form and form.is_valid() and (sent := applying.keep(request, form, account=account, sending=sending)):
        return redirect("application", sent.pk)
    shown = form or ApplicationForm.of(kind, found, handle=applying.chosen_handle(request, kind, found))
    hindrance = "" if found or form else applying.hindrance_of(account, kind, now=clock.now())
    return page(
        request, "program/apply.html", status=422 if shown.errors else 200, kind=kind, title=KINDS[kind], form=shown,
        hindrance=hindrance, found=queries.candidates(request.GET.get("q", "")), words=request.GET.get("q", ""),
        mine=[member.artist for member in viewer.memberships(request)] if kind == "verify" else [],
    )  # fmt: skip


@require_safe
@access.signed_in
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Status, history and next step of one's own application."""
    return applying.show(request, applying.own(request, application_id), ProofForm())


@require_POST
@access.signed_in
def files(request: HttpRequest, application_id: int) -> HttpResponse:
    """Adds a file, or takes one away."""
    found = applying.own(request, application_id)
    try:
        applying.change_files(request, found, now=clock.now())
    except (NotNow, Refused) as reason:
        messages.error(request, str(reason))
    return redirect("application", found.pk)


@require_POST
@access.signed_in
def proofs(request: HttpRequest, application_id: int) -> HttpResponse:
    """Begins a proof, or has one checked again."""
    found = applying.own(request, application_id)
    if found.state not in OPEN or found.kind == "become":
        raise PermissionDenied("This application has been decided, or needs no proof.")
    if again := found.proofs.filter(pk=number_in(request.POST.get("again", "")) or 0).first():
        actions.check_again(again, now=clock.now())
        return redirect("application", found.pk)
    form = ProofForm(request.POST)
    if form.is_valid() and applying.begin_proof(form, found):
        return redirect("application", found.pk)
    return applying.show(request, found, form)


@require_POST
@access.signed_in
def withdraw(request: HttpRequest, application_id: int) -> HttpResponse:
    """Takes an undecided application back."""
    try:
        actions.withdraw_application(applying.own(request, application_id), now=clock.now())
        messages.success(request, "Your application is withdrawn; its files are gone.")
    except NotNow as reason:
        messages.error(request, str(reason))
    return redirect("program")
