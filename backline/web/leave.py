"""Going on to another site after a form: by a page that says so, since the content policy lets no form lead away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from backline.web.render import page


def leave(request: HttpRequest, address: str, *, site: str) -> HttpResponse:
    """A page that goes on to `address`, which never is a visitor's, by itself; `site` is what the place is called."""
    answer = page(request, "leave.html", address=address, site=site)
    answer["Cache-Control"] = "no-store"
    return answer
