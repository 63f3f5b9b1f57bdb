"""Which rows a page of a list holds."""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """Page `number` of `pages`, both from 1, and its rows as [start, stop)."""

    number: int
    pages: int
    start: int
    stop: int


def page_of(total: int, *, page: int, size: int) -> Page:
    """A page of a list of `total` rows; one before the first is the first, one beyond the end the last.

    An empty list has one empty page.

    >>> page_of(41, page=9, size=20)
    Page(number=3, pages=3, start=40, stop=60)
    """
    pages = max(1, -(-total // size))
    number = min(max(1, page), pages)
    return Page(number, pages, (number - 1) * size, number * size)
