"""Django's error handlers."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

from backline.web.render import jinja, page
from backline.web.shell import bare_shell

NOT_FOUND = "It does not exist, or it belongs to an artist you are not a member of."
CSRF = "The page was open too long, or the form came from another site. Go back, reload the page and send it again."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself cannot be understood; it may not even have passed the middleware."""
    return _bare(request, 400, "That request makes no sense here", "It was broken on the way, or too large.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: known, and refused; the exception's text is the reason."""
    return _answer(request, 403, "Not with this role", str(exception) or "Your role does not allow this.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the proof that it came from this site."""
    return _answer(request, 403, "The form was not accepted", CSRF)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such thing for this visitor."""
    return _answer(request, 404, "Nothing on this channel", NOT_FOUND)


def wrong_method(request: HttpRequest, empty: HttpResponse) -> HttpResponse:
    """405: an address that takes no such request; `empty` is Django's answer, which names those it takes."""
    text = "A form is sent here; there is nothing to read. Go back to the page that has the form."
    answer = _answer(request, 405, "Nothing to see at this address", text)
    answer["Allow"] = empty["Allow"]
    return answer


def too_many(request: HttpRequest) -> HttpResponse:
    """429: sign-in, sign-up or a letter was tried too often; the sign-in library asks for this page."""
    text = "This last try was not carried out, so nothing has changed. Wait a few minutes and try again."
    return _answer(request, 429, "Too many tries in a short time", text)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake."""
    text = "What you did last may not have been saved. Try again in a moment."
    return _bare(request, 500, "Something broke on our side", text)


def _answer(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    if _for_programs(request):
        return _problem(request, status, text)
    about = {"code": status, "title": title, "text": text, "request_id": _request_id(request)}
    return page(request, "errors/page.html", status=status, **about)


def _bare(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """Rendered without any read, since reads may be what failed."""
    if _for_programs(request):
        return _problem(request, status, text)
    about = {"code": status, "title": title, "text": text, "request_id": _request_id(request)}
    frame = {"shell": bare_shell(request), "messages": [], "csrf_input": "", "request": request}
    return HttpResponse(jinja().get_template("errors/page.html").render(about | frame), status=status)


def _for_programs(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _problem(request: HttpRequest, status: int, text: str) -> HttpResponse:
    about = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": HTTPStatus(status).phrase.lower().replace(" ", "_"),
        "detail": text,
        "request_id": _request_id(request),
    }
    return JsonResponse(about, status=status, content_type="application/problem+json")


def _request_id(request: HttpRequest) -> str:
    return getattr(request, "request_id", "")
