"""The API's own page: every operation, read from the OpenAPI description."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.web.api.api import description
from backline.web.api.reference import operations
from backline.web.render import page


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Lists the operations; programs read `/api/v1/openapi.json`."""
    schema = description(request)
    return page(request, "api/page.html", title=schema["info"]["title"], operations=operations(schema))
