"""Every request of staff who look as somebody: whose pages, what is refused, that nothing is written, what is noted."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from backline.core import clock
from backline.outbox.actions import record_audit
from backline.people.models import Account
from backline.web import viewer
from backline.web.render import page
from backline.web.view_as import session
from backline.web.view_as.limits import READS, is_page, refusal

TOPIC = "view as"
STOP = "/staff/view-as/stop/"
FILE = "Files are not handed out while you look as somebody else."
OVER = "You do not look as somebody else any more."


class ViewAsMiddleware:
    """Shows pages as the account that the session of a staff member names, and shows them only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        staff = _staff(request)
        if staff is None or request.path == STOP:
            return self.get_response(request)
        eyes = session.current(request.session, staff=staff, now=clock.now())
        if eyes is None:
            return _over(request, staff)
        viewer.look_as(request, eyes)
        reason = refusal(request)
        response = _refused(request, reason) if reason else self._looked(request)
        if not getattr(request, "htmx", False) or request.headers.get("HX-Boosted"):
            _note(request, staff, eyes, "opened" if response.status_code < 400 else "was not shown")
        return response

    def _looked(self, request: HttpRequest) -> HttpResponse:
        """The page, made in a transaction that is taken back: whatever a page notes by being read is not noted."""
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)
        # What is not handed out is not closed here: that would end the request, and its connection, too early.
        return response if is_page(response) else _refused(request, FILE)


def _staff(request: HttpRequest) -> Account | None:
    """Who is signed in, when their session looks as somebody. Without a session's cookie nothing is read."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or session.KEY not in request.session:
        return None
    return viewer.account(request)


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return page(request, "view_as/refused.html", reason=reason, status=403)


def _over(request: HttpRequest, staff: Account) -> HttpResponse:
    """The time is over, or the account may not be looked as any more: this request, meant for it, does nothing."""
    seen = session.end(request)
    record_audit("stopped looking as somebody: the time was over", account_id=staff.pk, topic=TOPIC,
                 now=clock.now())  # fmt: skip
    messages.info(request, OVER)
    if request.method not in READS:
        return _refused(request, OVER)
    back = f"/staff/people/accounts/{seen}/" if staff.is_staff else "/"
    return HttpResponseClientRedirect(back) if getattr(request, "htmx", False) else redirect(back)


def _note(request: HttpRequest, staff: Account, eyes: viewer.Looking, what: str) -> None:
    path = request.path if what != "opened" else request.get_full_path()
    text = f"{what} {request.method} {path[:200]} as {eyes.account.email}"
    record_audit(text, account_id=staff.pk, topic=TOPIC, now=clock.now())
