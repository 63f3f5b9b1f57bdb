"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.web import viewer
from backline.web.discover import queries
from backline.web.discover.forms import SearchForm
from backline.web.render import page


@require_safe
def discover(request: HttpRequest) -> HttpResponse:
    """Newest or trending beats, by genre and words; the whole state is in the address."""
    form = SearchForm(request.GET)
    search = form.search()
    results = queries.results(search, account=viewer.account(request), now=clock.now())
    return page(
        request,
        "discover/page.html",
        search=search,
        results=results,
        genres=queries.genre_counts(),
        artists=queries.lately_active(),
    )
