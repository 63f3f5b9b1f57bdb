"""Stored weights and accruals, read back: whole days, or one artist's lines."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Model

from backline.catalog.queries.shares import shares_in_force
from backline.core import sql
from backline.money import engine
from backline.money.listens import closes_at
from backline.money.models import Accrual, DayWeights, Reweigh
from backline.money.packed import HEAD_BYTES, Ints, Reader, unpack, unpack_artist
from backline.money.weights import Weights, reweighed

# How each accrual and, of a day, its weights begin: all of them, but on a large platform.
_HEADS = """
SELECT accrual.id, accrual.day, accrual.kind, substr(accrual.packed, 1, %s), substr(weights.packed, 1, %s)
FROM money_accrual accrual
LEFT JOIN money_dayweights weights ON weights.day = accrual.day AND accrual.kind = 'day'
WHERE accrual.currency = %s AND accrual.day BETWEEN %s AND %s
"""


class NotThere(LookupError):
    """There is no such row."""


def day_lines(day: date, *, decided_by: date | None = None) -> Weights:
    """The weights of a day; with the changes of staff cases decided until `decided_by`, when given.

    Raises:
        NotThere: the day was not weighed.
    """
    packed = sql.rows("SELECT packed FROM money_dayweights WHERE day = %s", day)
    if not packed:
        raise NotThere(f"{day} was not weighed")
    lines = Weights(*unpack(bytes(packed[0][0])))
    if decided_by is None:
        return lines
    changes = Reweigh.objects.filter(of_day=day, day__lte=decided_by).order_by("day", "pk")
    points = dict(changes.values_list("beat_id", "points"))
    if not points:
        return lines
    return reweighed(lines, points, shares_in_force(points, day=day, until=closes_at(day)))


def accrued_lines(row: Accrual) -> tuple[Ints, Ints]:
    """Keys (artist and beat) and micro-units of an accrual."""
    columns = unpack(row.packed)
    if row.kind == Accrual.Kind.DAY:
        lines = day_lines(row.day)
        return engine.key(lines.artists, lines.beats), columns[0]
    return engine.key(columns[0], columns[1]), columns[2]


def artist_lines(day: date, artist_id: int) -> tuple[int, Weights]:
    """One block of the day's lines, with its first row's number: all of the artist's lines, if any, are in it."""
    first, columns = unpack_artist(_reader(DayWeights, "day", day), artist_id)
    return first, Weights(*columns)


def artist_micro(accrual_id: int, artist_id: int) -> list[Ints]:
    """The columns of the same block of an accrual."""
    return unpack_artist(_reader(Accrual, "id", accrual_id), artist_id)[1]


def accrued_micro(artist_id: int, *, currency: str, first: date, last: date) -> int:
    """The artist's micro-units of all accruals of a currency between two days; one query while days are small."""
    total = 0
    rows = sql.rows(_HEADS, HEAD_BYTES, HEAD_BYTES, currency, first, last)
    for pk, day, kind, micro, lines in rows:
        columns = unpack_artist(_reader(Accrual, "id", pk, bytes(micro)), artist_id)[1]
        artists = columns[0]
        if kind == Accrual.Kind.DAY:
            artists = unpack_artist(_reader(DayWeights, "day", day, bytes(lines)), artist_id)[1][0]
        total += int(columns[-1][artists == artist_id].sum())
    return total


def _reader(model: type[Model], column: str, value: int | date, head: bytes = b"") -> Reader:
    """Reads parts of the row's packed bytes; the database need not hand over the rest, nor again what `head` has."""
    table = model._meta.db_table
    statement = f"SELECT substr(packed, %s, %s) FROM {table} WHERE {column} = %s"

    def read(offset: int, length: int) -> bytes:
        if head and (offset + length <= len(head) or len(head) < HEAD_BYTES):
            return head[offset : offset + length]
        with connection.cursor() as cursor:
            cursor.execute(statement, [offset + 1, length, value])
            row = cursor.fetchone()
        if row is None:
            raise NotThere(f"there is no {table} for {value}")
        return bytes(row[0])

    return read
