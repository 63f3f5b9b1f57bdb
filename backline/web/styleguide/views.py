"""The style guide: what each component looks like. All figures on it are examples and say so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.web.render import page
from backline.web.styleguide.examples import examples


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Public, so that a designer needs no account."""
    return page(request, "styleguide/page.html", example=examples())
