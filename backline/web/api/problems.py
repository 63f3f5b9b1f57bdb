"""Errors as problem+json (RFC 9457): a status, a stable code, a sentence."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from backline.web.problem import CONTENT_TYPE, members

log = logging.getLogger("backline.api")


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemOut(Schema):
    """An error. `code` is stable and meant for programs, `detail` for people; `errors` and `missing` where they fit."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] | None = None
    missing: list[str] | None = None


class Problem(Exception):
    """Ends a request with a problem. `more` are further members of the answer."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.more = more


def invalid(problems: dict[str, str]) -> Problem:
    """The problem of fields that cannot be kept: field → sentence."""
    errors = [{"field": field, "message": message} for field, message in problems.items()]
    first = next(iter(problems.items()))
    return Problem(422, "invalid", f"{first[0]}: {first[1]}", errors=errors)


def register(api: NinjaAPI) -> None:
    """Makes every error of the API a problem."""
    api.exception_handler(Problem)(_answer)
    api.exception_handler(Http404)(_not_found)
    api.exception_handler(PermissionDenied)(_forbidden)
    api.exception_handler(AuthenticationError)(_unauthorised)
    api.exception_handler(ValidationError)(_unreadable)
    api.exception_handler(HttpError)(_http_error)
    api.exception_handler(Exception)(_our_fault)


def _answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    body = members(problem.status, problem.code, problem.detail, **problem.more)
    return JsonResponse(body, status=problem.status, content_type=CONTENT_TYPE)


def _not_found(request: HttpRequest, _error: Exception) -> HttpResponse:
    return _answer(request, Problem(404, "not_found", "There is nothing here for this token."))


def _forbidden(request: HttpRequest, error: Exception) -> HttpResponse:
    return _answer(request, Problem(403, "role_too_small", str(error)))


def _unauthorised(request: HttpRequest, _error: Exception) -> HttpResponse:
    detail = "Send a valid token as Authorization: Bearer <token>."
    response = _answer(request, Problem(401, "unauthorised", detail))
    response["WWW-Authenticate"] = 'Bearer realm="Backline"'
    return response


def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = {str(part["loc"][-1]): str(part["msg"]) for part in error.errors}
    return _answer(request, invalid(found))


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, Problem(error.status_code, "bad_request", error.message))


def _our_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("%s %s failed", request.method, request.path, exc_info=error)
    reference = getattr(request, "request_id", "")
    return _answer(
        request, Problem(500, "internal", f"Something failed on our side. Reference: {reference}.")
    )
