"""The guide's pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from backline.web.help import guides
from backline.web.render import page


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


def guide(request: HttpRequest, key: str) -> HttpResponse:
    """One page about a page."""
    found = guides.guides().get(key)
    if found is None:
        raise Http404
    return page(request, "help/guide.html", guide=found)


def glossary(request: HttpRequest) -> HttpResponse:
    """Every word and number with its meaning."""
    return page(request, "help/glossary.html", entries=guides.glossary().values())


def as_text(request: HttpRequest) -> HttpResponse:
    """The guide as one plain text."""
    text = guides.as_text(f"{request.scheme}://{request.get_host()}")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
