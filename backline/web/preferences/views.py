"""Settings of the signed-in account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from backline.web import access, viewer
from backline.web.accounts.places import end_session_of
from backline.web.posted import posted
from backline.web.preferences.forms import AccountForm
from backline.web.render import page
from backline.web.step_up import has_two_factor

THEMES = {"dark", "light", "system"}
A_YEAR_S = 31_536_000


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def settings_page(request: HttpRequest) -> HttpResponse:
    """Shows and saves the account's own settings."""
    form = AccountForm(posted(request), instance=viewer.account(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Settings saved.")
        return redirect("/settings/")
    return page(
        request, "preferences/page.html", form=form, two_factor=has_two_factor(viewer.person(request)),
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
@access.signed_in
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Signs the account out at one other place."""
    if not end_session_of(viewer.person(request), session_id):
        raise Http404
    messages.success(request, "Signed out there.")
    return redirect("usersessions_list")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keeps the wanted theme in a cookie, for visitors too, and returns to where the button was."""
    target = request.META.get("HTTP_REFERER", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = redirect(target)
    wanted = request.POST.get("theme", "system")
    if wanted in THEMES:
        response.set_cookie("theme", wanted, max_age=A_YEAR_S, samesite="Lax", secure=request.is_secure())
    return response
