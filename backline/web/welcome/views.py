"""Once: making the staff account of a new installation."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from backline.core import clock
from backline.people import actions
from backline.people.queries import staff_exists
from backline.web.posted import posted
from backline.web.render import page
from backline.web.welcome.forms import WelcomeForm


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Shows the form, makes the account, signs it in. 404 as soon as a staff account exists."""
    if staff_exists():
        raise Http404
    form = WelcomeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.create_first_staff(now=clock.now(), **form.cleaned_data)
        except actions.StaffExists:
            raise Http404 from None
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("/program/")
    return page(request, "welcome/page.html", form=form, status=422 if form.errors else 200)
