"""The style guide: what each component looks like. All figures on it are examples and say so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from backline.web.render import page
from backline.web.styleguide.examples import examples


def styleguide(request: HttpRequest) -> HttpResponse:
    """Public, so that a designer needs no account."""
    return page(request, "styleguide/page.html", example=examples())
