"""Health and readiness."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from backline.listening.store import StoreError, open_store


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Says nothing about its databases."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Both stores answer: 200, or 503 naming the one that does not."""
    parts = {"database": _database_answers(), "listening": _listening_answers()}
    ok = all(parts.values())
    return JsonResponse({"status": "ok" if ok else "unavailable", "parts": parts}, status=200 if ok else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False


def _listening_answers() -> bool:
    try:
        return open_store().ping()
    except StoreError:
        return False
