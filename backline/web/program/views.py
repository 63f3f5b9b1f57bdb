"""The Producer Program."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backline.core import clock
from backline.people import actions
from backline.web import access, viewer
from backline.web.program.forms import BecomeForm
from backline.web.render import page


@access.signed_in
def program(request: HttpRequest) -> HttpResponse:
    """Where sign-up is open, a name and an address make an artist profile at once."""
    account = viewer.account(request)
    form = BecomeForm(request.POST or None)
    if settings.OPEN_PRODUCER_SIGNUP and account and request.method == "POST" and form.is_valid():
        try:
            artist = actions.create_artist(account, now=clock.now(), **form.cleaned_data)
        except actions.HandleTaken:
            form.add_error("handle", "Somebody took this address just now. Choose another.")
        else:
            messages.success(request, f"{artist.name} is yours. Upload a first beat to fill this page.")
            return redirect(f"/dashboard/?artist={artist.handle}")
    return page(request, "program/page.html", form=form, open=settings.OPEN_PRODUCER_SIGNUP)
