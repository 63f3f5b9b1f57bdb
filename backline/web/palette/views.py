"""Search and commands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.web import access, viewer
from backline.web.palette.queries import found
from backline.web.render import page
from backline.web.sections import attempt
from backline.web.shell import shell_for

LONGEST = 80


@require_safe
@access.signed_in
def search(request: HttpRequest) -> HttpResponse:
    """A page of its own; for htmx the lines of the palette."""
    viewer.selected_member(request)  # another's artist in the address is answered as anywhere
    words = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    lines = attempt(request, "palette_list", lambda: found(shell_for(request), words))
    return page(request, "palette/page.html", words=words, found=lines)
