"""What a form was sent with."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form to judge, even when it is nothing at all; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None
