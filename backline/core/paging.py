"""Which rows a page of a list holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import QuerySet

T = TypeVar("T")


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


@dataclass(frozen=True)
class Paged(Generic[T]):
    """The rows of page `number` of `pages`, and how many rows all pages have."""

    rows: list[T]
    total: int
    number: int
    pages: int


def paged(found: QuerySet[Any], *, page: int, size: int, read: Callable[[Any], T]) -> Paged[T]:
    """A page of an ordered query, each row as `read` makes it. Two queries."""
    total = found.count()
    here = page_of(total, page=page, size=size)
    return Paged([read(row) for row in found[here.start : here.stop]], total, here.number, here.pages)
