"""Tables for spreadsheets: CSV answers whose cells no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain

from django.http import StreamingHttpResponse

from backline.domain.currencies import format_amount

Cell = str | int | Decimal | None
FORMULA = ("=", "+", "-", "−", "@", "\t", "\r")


class _Line:
    """Hands each line on instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """A CSV file of that name; rows are written as they are read. None is an empty cell."""
    writer = csv.writer(_Line())
    lines = (writer.writerow([cell(value) for value in row]) for row in chain([columns], rows))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def cell(value: Cell) -> str:
    """A cell's text. Text that a spreadsheet would compute gets an apostrophe before it; numbers stay as they are.

    >>> cell("=1+1"), cell(-5), cell(None)
    ("'=1+1", '-5', '')
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value)


def amount_cell(minor: int, currency: str) -> Decimal:
    """An amount as a plain number: 640 EUR is 6.40."""
    return Decimal(format_amount(minor, currency))
