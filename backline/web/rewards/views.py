"""What this rule rewards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.web.render import page
from backline.web.rewards import queries


@require_safe
def rewards_page(request: HttpRequest) -> HttpResponse:
    """The three rules on the same plays, for everybody: who uploads should know what pays."""
    return page(request, "rewards/page.html", shown=queries.rewards_page(now=clock.now()))
