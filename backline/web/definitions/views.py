"""What counts?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.domain.metrics import metric_groups
from backline.listening.calendar import reporting
from backline.money.rules import contribution_rule
from backline.web.render import page


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """All metrics."""
    groups = metric_groups(contribution_rule())
    return page(request, "definitions/page.html", groups=groups, zone=reporting().zone)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One metric: for htmx what the dialog holds."""
    groups = metric_groups(contribution_rule())
    found = next((metric for group in groups.values() for metric in group if metric.key == key), None)
    if found is None:
        raise Http404
    return page(request, "definitions/one.html", metric=found, zone=reporting().zone)
