"""What every request passes."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backline.core import clock
from backline.people.queries import staff_exists
from backline.web import standing_news, viewer
from backline.web.errors.views import wrong_method
from backline.web.formats import one_language
from backline.web.step_up import has_two_factor

Handler = Callable[[HttpRequest], HttpResponse]
OPEN_WITHOUT_STAFF = ("/welcome/", "/healthz", "/readyz", "/static/", "/webhooks/")


class RequestIdMiddleware:
    """Gives each request an id, shown on error pages and in the answer's `X-Request-Id`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(6)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


class WelcomeMiddleware:
    """Leads the first visitor of a new installation to the page that makes the staff account."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.ready = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Staff accounts are never all removed, so one positive answer holds for the life of the process.
        self.ready = self.ready or staff_exists()
        if not self.ready and not request.path.startswith(OPEN_WITHOUT_STAFF):
            return redirect("/welcome/")
        return self.get_response(request)


class StaffTwoFactorMiddleware:
    """Where staff need two factors, the staff pages and the admin open only to an account that has them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_TWO_FACTOR and request.path.startswith("/staff/"):
            person = viewer.account(request)
            if person is not None and person.is_staff and not has_two_factor(person):
                messages.warning(
                    request, "Staff sign in with two factors here. Add a passkey or an authenticator app."
                )
                return redirect("mfa_index")
        return self.get_response(request)


class LanguageMiddleware:
    """Looks the request's language up once, for all figures and days of the page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_language():
            return self.get_response(request)


class WrongMethodMiddleware:
    """Says in words that an address only takes forms, where Django answers 405 with nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return wrong_method(request, response)
        return response


class StandingMiddleware:
    """After a member did something: the XP of their artists is right before the next page, and levels are told."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS") and response.status_code < 400:
            standing_news.keep_up(request, now=clock.now())
        return response
