"""Rendering a page, or for htmx only the block it asked for."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input
from django.utils import timezone
from jinja2 import Environment
from jinja2_fragments import render_block

from backline.web.sections import times_of
from backline.web.shell import shell_for


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The template with `shell` and `request` added.

    An htmx request whose target names a block of the template (`-` read as `_`) gets that block alone; the answer
    varies by that header, so caches and the back button keep the two apart.
    """
    environment = jinja()
    context |= {"request": request, "csrf_input": csrf_input(request), **common_context(request)}
    block = wanted_block(request, template)
    # Moments are written in the account's zone.
    with timezone.override(context["shell"].zone), times_of(request):
        if block:
            body = render_block(environment, template, block, **context)
        else:
            body = environment.get_template(template).render(context)
    response = HttpResponse(body, status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response


def common_context(request: HttpRequest) -> dict[str, Any]:
    """What every template may use; Django's own renderings (allauth's pages) get it as a context processor."""
    # Not a list: a message counts as shown when a template reads it, and fragments read none.
    return {"shell": shell_for(request), "messages": get_messages(request)}


def jinja() -> Environment:
    """The Jinja2 environment that Django's settings configure."""
    return cast(Jinja2, engines["jinja2"]).env


def wanted_block(request: HttpRequest, template: str) -> str | None:
    """The block that htmx asks for; None when it is the whole page."""
    if not getattr(request, "htmx", False) or request.headers.get("HX-Boosted"):
        return None
    name = request.headers.get("HX-Target", "").replace("-", "_")
    return name if name and name in jinja().get_template(template).blocks else None
