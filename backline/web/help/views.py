"""The guide's pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.web.help import guides
from backline.web.render import page


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """All guides, or what a search finds."""
    words = request.GET.get("q", "").strip()[:100]
    return page(
        request,
        "help/contents.html",
        guides=guides.guides().values(),
        words=words,
        found=guides.search(words),
    )


@require_safe
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """One page about a page."""
    found = guides.guides().get(key)
    if found is None:
        raise Http404
    return page(request, "help/guide.html", guide=found)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word and number with its meaning."""
    return page(request, "help/glossary.html", entries=guides.glossary().values())


@require_safe
def as_text(request: HttpRequest) -> HttpResponse:
    """The guide as one plain text."""
    text = guides.as_text(f"{request.scheme}://{request.get_host()}")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
