"""Sections of a page fail alone: each is read by itself, and one that cannot be read says so in its place.

What a section showed last is kept for a while in the process; a read that fails shows it again, marked with its time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from backline.core import clock
from backline.core.latest import Latest

log = logging.getLogger("backline.web")
Read = TypeVar("Read")
KEPT_FOR = timedelta(hours=12)
MOST_KEPT = 400
_kept: Latest[Hashable, tuple[Any, datetime]] = Latest(most=MOST_KEPT)


@dataclass(frozen=True)
class Failed:
    """Stands for a section that could not be read; the log has the reason under the request's id."""

    request_id: str


@dataclass(frozen=True)
class Times:
    """When the page's sections were read: at `now`, but those in `stale` earlier, since their read failed now."""

    now: datetime
    stale: dict[str, datetime]


_times: ContextVar[Times | None] = ContextVar("section_times", default=None)


def attempt(
    request: HttpRequest, name: str, read: Callable[[], Read], *, of: Hashable = None
) -> Read | Failed:
    """What `read` returns, or `Failed`. Answers meant for the whole page (404, 403) pass through.

    `of` says what the section is about: the artist, the member's role where it matters, and every choice it depends on.
    With it, what the same account saw of the same last stands in when the read fails.
    """
    key = (_account_id(request), request.path, name, of) if of is not None else None
    try:
        found = read()
    except (Http404, PermissionDenied):
        raise
    except Exception:
        request_id = getattr(request, "request_id", "")
        log.exception("section %s of %s failed, request %s", name, request.path, request_id)
        last = _kept.get(key) if key else None
        if last is None or clock.now() - last[1] >= KEPT_FOR:
            return Failed(request_id)
        _stale(request)[name] = last[1]
        return last[0]  # type: ignore[no-any-return]
    if key:
        _kept.put(key, (found, clock.now()))
    return found


def known(name: str, read: Callable[[], Read]) -> Read | None:
    """What `read` returns, or None when it fails: for one figure of a page that stands without it as a dash."""
    try:
        return read()
    except Exception:
        log.exception("%s could not be read", name)
        return None


def is_failed(section: object) -> bool:
    """Jinja2 test: `{% if section is failed %}`."""
    return isinstance(section, Failed)


@contextmanager
def times_of(request: HttpRequest) -> Iterator[None]:
    """Lets the templates rendered meanwhile ask `shown_at` and `is_stale`."""
    token = _times.set(Times(clock.now(), _stale(request)))
    try:
        yield
    finally:
        _times.reset(token)


def shown_at(section_id: str) -> datetime | None:
    """Jinja2 global: of when the figures of a section are, as far as the page knows."""
    times = _times.get()
    return times.stale.get(section_id.replace("-", "_"), times.now) if times else None


def is_stale(section_id: str) -> bool:
    """Jinja2 global: whether a section shows what it showed earlier."""
    times = _times.get()
    return times is not None and section_id.replace("-", "_") in times.stale


def forget() -> None:
    """Forgets what sections showed (tests)."""
    _kept.clear()


def wanted(
    request: HttpRequest,
    reads: dict[str, Callable[[], Any]],
    together: dict[str, tuple[str, ...]] | None = None,
) -> dict[str, Callable[[], Any]]:
    """The reads a request needs: all, or those of the one section that htmx fetches anew.

    The section's element has its name as id; `together` lists the reads of one that shows more or others than its own.
    """
    if not request.headers.get("HX-Request"):
        return reads
    target = request.headers.get("HX-Target", "").replace("-", "_")
    names = (together or {}).get(target, (target,))
    return {name: reads[name] for name in names} if reads.keys() >= set(names) else reads


def _account_id(request: HttpRequest) -> int | None:
    return getattr(getattr(request, "user", None), "pk", None)


def _stale(request: HttpRequest) -> dict[str, datetime]:
    found: dict[str, datetime] | None = getattr(request, "_stale_sections", None)
    if found is None:
        found = request._stale_sections = {}  # type: ignore[attr-defined]
    return found
