"""Small print, and two addresses that are asked for unasked."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from backline.web.render import page
from backline.web.small_print.texts import text

NOT_FOR_ROBOTS = ("/dashboard/", "/backstage/", "/staff/", "/accounts/", "/settings/", "/api/")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms: the operator's own, where there are some."""
    return _text(request, "terms", settings.TERMS_URL)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice: the operator's own, where there is one."""
    return _text(request, "privacy", settings.PRIVACY_URL)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: the public pages."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for who asks where it was before pages could say."""
    return redirect(static("mark.svg"))


def _text(request: HttpRequest, key: str, own: str) -> HttpResponse:
    return redirect(own) if own else page(request, "small_print/page.html", text=text(key))
