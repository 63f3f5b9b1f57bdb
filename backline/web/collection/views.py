"""A collection's public page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from backline.web import access, viewer
from backline.web.collection import queries
from backline.web.render import page


@require_safe
def collection(request: HttpRequest, collection_id: int, slug: str = "") -> HttpResponse:
    """The collection at its one right address; an old or cut name leads there."""
    found = access.public_collection(collection_id)
    if request.path != found.get_absolute_url():
        return redirect(found.get_absolute_url(), permanent=True)
    shown = queries.collection_page(found, account=viewer.account(request))
    return page(request, "collection/page.html", collection=found, shown=shown)
