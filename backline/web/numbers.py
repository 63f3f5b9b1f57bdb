"""Numbers of things in what a form sends."""

from __future__ import annotations

from django.http import QueryDict

MOST_DIGITS = 15


def number_in(text: str) -> int | None:
    """The number that a text is; None when it is none, or longer than any number of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def page_in(sent: QueryDict) -> int:
    """The page that an address asks for, the first when it asks for none."""
    return number_in(sent.get("page", "")) or 1


def numbers_of(sent: QueryDict, field: str) -> list[int]:
    """The numbers a field was sent with, in order; what is none is left out."""
    return [number for text in sent.getlist(field) if (number := number_in(text)) is not None]
