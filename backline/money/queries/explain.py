"""How a statement came about: day by day and beat by beat, recomputed from what it was made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from backline.domain.accrual import MICRO
from backline.money.actions.writing import Line, unpack_lines
from backline.money.computing import reference
from backline.money.models import Accrual, DayWeights, LateMoney, Reweigh, Statement
from backline.money.queries.proofs import prove
from backline.money.queries.settlements import StatementRow, statement_row
from backline.money.rules import next_month
from backline.money.shares import artist_lines, artist_micro


@dataclass(frozen=True)
class BeatPart:
    """A beat's part of a day: its plays to the end of it, the artist's micro-points of it, and the micro-units."""

    beat_id: int
    plays: int
    points: int
    micro_units: int


@dataclass(frozen=True)
class DayPart:
    """A day's bucket, everybody's and the artist's micro-points, and what came of it in micro-units."""

    day: date
    bucket_minor: int
    all_points: int
    own_points: int
    micro_units: int
    beats: list[BeatPart]


@dataclass(frozen=True)
class LatePart:
    """Of a correction: the day it is about, and by how much its bucket turned out to be another (0: its weights)."""

    of_day: date
    amount_minor: int


@dataclass(frozen=True)
class CorrectionPart:
    """What was learned on `day` of a month's days, and the artist's part of it; or a month's division as one."""

    day: date
    of_month: date
    bucket_minor: int
    late: list[LatePart]
    micro_units: int
    beats: list[BeatPart]


@dataclass(frozen=True)
class Explanation:
    """Days, corrections and lines of a statement. Their micro-units add up to `micro_units`, rounded once.

    `cent` is 1 when the one rounding step went up. `problems` are sentences: what does not recompute.
    """

    statement: StatementRow
    reference: str
    days: list[DayPart]
    monthly: list[CorrectionPart]
    corrections: list[CorrectionPart]
    lines: list[Line]
    micro_units: int
    cent: int
    problems: list[str]


def explanation(statement_id: int) -> Explanation:
    """Everything that a statement is made of, compared with what is stored.

    Raises:
        Statement.DoesNotExist: there is none with this number.
    """
    row = Statement.objects.select_related("settlement", "artist").get(pk=statement_id)
    month, artist = row.settlement.month, row.artist_id
    accruals = list(
        Accrual.objects.filter(day__gte=month, day__lt=next_month(month), currency=row.currency)
        .order_by("day", "of_month")
        .defer("packed")
    )
    points = dict(
        DayWeights.objects.filter(day__in=[each.day for each in accruals]).values_list("day", "points")
    )
    days = [_day(each, artist, points[each.day]) for each in accruals if each.kind == Accrual.Kind.DAY]
    others = [_other(each, artist) for each in accruals if each.kind != Accrual.Kind.DAY]
    found = Explanation(
        statement=statement_row(row),
        reference=reference(month, row.currency),
        days=days,
        monthly=[part for kind, part in others if kind == Accrual.Kind.MONTH],
        corrections=[part for kind, part in others if kind == Accrual.Kind.CORRECTION and part.beats],
        lines=unpack_lines(row.packed),
        micro_units=row.micro_units,
        cent=row.earned_minor - row.micro_units // MICRO,
        problems=[],
    )
    return replace(found, problems=prove(found))


def _day(row: Accrual, artist_id: int, all_points: int) -> DayPart:
    _, lines = artist_lines(row.day, artist_id)
    (micro,) = artist_micro(row.pk, artist_id)
    mine = lines.artists == artist_id
    columns = (lines.beats[mine], lines.plays[mine], lines.points[mine], micro[mine])
    beats = [BeatPart(*values) for values in zip(*(column.tolist() for column in columns), strict=True)]
    return DayPart(
        day=row.day,
        bucket_minor=row.bucket_minor,
        all_points=all_points,
        own_points=sum(beat.points for beat in beats),
        micro_units=sum(beat.micro_units for beat in beats),
        beats=beats,
    )


def _other(row: Accrual, artist_id: int) -> tuple[str, CorrectionPart]:
    artists, beats, micro = artist_micro(row.pk, artist_id)
    mine = artists == artist_id
    parts = [
        BeatPart(beat, 0, 0, amount)
        for beat, amount in zip(beats[mine].tolist(), micro[mine].tolist(), strict=True)
    ]
    late = _late(row) if row.kind == Accrual.Kind.CORRECTION else []
    return row.kind, CorrectionPart(
        day=row.day,
        of_month=row.of_month,
        bucket_minor=row.bucket_minor,
        late=late,
        micro_units=sum(beat.micro_units for beat in parts),
        beats=parts,
    )


def _late(row: Accrual) -> list[LatePart]:
    some = {"day": row.day, "of_day__gte": row.of_month, "of_day__lt": next_month(row.of_month)}
    amounts = dict(
        LateMoney.objects.filter(currency=row.currency, **some).values_list("of_day", "amount_minor")
    )
    changed = Reweigh.objects.filter(**some).values_list("of_day", flat=True)
    return [LatePart(day, amounts.get(day, 0)) for day in sorted({*amounts, *changed})]
