"""Sections of a page fail alone: each is read by itself, and one that cannot be read says so in its place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

log = logging.getLogger("backline.web")
Read = TypeVar("Read")


@dataclass(frozen=True)
class Failed:
    """Stands for a section that could not be read; the log has the reason under the request's id."""

    request_id: str


def attempt(request: HttpRequest, name: str, read: Callable[[], Read]) -> Read | Failed:
    """What `read` returns, or `Failed`. Answers meant for the whole page (404, 403) pass through."""
    try:
        return read()
    except (Http404, PermissionDenied):
        raise
    except Exception:
        request_id = getattr(request, "request_id", "")
        log.exception("section %s of %s failed, request %s", name, request.path, request_id)
        return Failed(request_id)


def is_failed(section: object) -> bool:
    """Jinja2 test: `{% if section is failed %}`."""
    return isinstance(section, Failed)


def wanted(
    request: HttpRequest,
    reads: dict[str, Callable[[], Any]],
    together: dict[str, tuple[str, ...]] | None = None,
) -> dict[str, Callable[[], Any]]:
    """The reads a request needs: all, or those of the one section that htmx fetches anew.

    The section's element has its name as id; `together` lists the reads of one that shows more or others than its own.
    """
    target = request.headers.get("HX-Target", "").replace("-", "_")
    names = (together or {}).get(target, (target,))
    return {name: reads[name] for name in names} if reads.keys() >= set(names) else reads
