"""A statement as a table for spreadsheets: everything that adds up to its amount, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from backline.domain.accrual import MICRO
from backline.web.statement.sheet import Sheet
from backline.web.tables import Cell, amount_cell

COLUMNS = (
    *("kind", "day", "about", "beat", "plays", "own_points", "all_points", "bucket"),
    *("micro_units", "amount", "currency"),
)


def lines(sheet: Sheet) -> Iterator[list[Cell]]:
    """Days by beat, corrections by beat, lines by beat, sums. Amounts are plain numbers, points have six decimals."""
    yield from _days(sheet)
    for kind, parts in (("month", sheet.found.monthly), ("correction", sheet.found.corrections)):
        for part in parts:
            for beat in part.beats:
                about = f"{part.of_month:%Y-%m}"
                yield _row(
                    sheet,
                    kind,
                    part.day.isoformat(),
                    about,
                    sheet.names[beat.beat_id],
                    micro=beat.micro_units,
                )
    for line in sheet.beats:
        about = f"{line.correction_of or sheet.row.month:%Y-%m}"
        yield _row(sheet, "line", "", about, line.name, micro=line.micro_units, minor=line.minor)
    for kind, sums in (("came", sheet.came), ("went", sheet.went)):
        for each in sums:
            yield _row(sheet, kind, "", each.words, "", minor=each.minor)


def _days(sheet: Sheet) -> Iterator[list[Cell]]:
    code = sheet.row.currency
    for day in sheet.found.days:
        for beat in day.beats:
            yield [
                *(
                    "day",
                    day.day.isoformat(),
                    f"{sheet.row.month:%Y-%m}",
                    sheet.names[beat.beat_id],
                    beat.plays,
                ),
                *(Decimal(beat.points) / MICRO, Decimal(day.all_points) / MICRO),
                *(amount_cell(day.bucket_minor, code), beat.micro_units, None, code),
            ]


def _row(
    sheet: Sheet,
    kind: str,
    day: str,
    about: str,
    beat: str,
    *,
    micro: int | None = None,
    minor: int | None = None,
) -> list[Cell]:
    code = sheet.row.currency
    amount = None if minor is None else amount_cell(minor, code)
    return [kind, day, about, beat, None, None, None, None, micro, amount, code]
