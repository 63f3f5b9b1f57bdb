"""What is not shown to staff who look as somebody: whatever changes, leaves, signs in or is secret."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

SHOWN = (
    *("/dashboard/", "/backstage/", "/notifications/", "/settings/", "/program/", "/help/"),
    *("/@", "/beats/", "/collections/"),
)
# Money on its way out, secrets in the address, the account's own data, files of letters.
NOT_SHOWN = (
    *("/dashboard/finances/payouts/", "/backstage/members/join/", "/beats/p/"),
    *("/settings/data/", "/settings/tokens/", "/settings/connections/", "/help/support/files/"),
)
READS = ("GET", "HEAD", "OPTIONS")


def refusal(request: HttpRequest) -> str:
    """Why this request is refused; empty when it only reads a page that is shown."""
    path = request.path
    if request.method not in READS:
        return "You only look: nothing can be changed."
    if path != "/" and (not path.startswith(SHOWN) or path.startswith(NOT_SHOWN)):
        return "Only the person may open this page."
    return ""


def is_page(response: HttpResponseBase) -> bool:
    """Whether the answer is a page or leads to one: files, exports and data are not handed out."""
    if 300 <= response.status_code < 400:
        return True
    is_html = response.headers.get("Content-Type", "text/html").startswith("text/html")
    return is_html and "Content-Disposition" not in response.headers
