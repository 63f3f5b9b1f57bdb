"""What a statement says, laid out once: the page, the drawer, the PDF and the table all print this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backline.domain.accrual import MICRO
from backline.domain.contribution import DAYS_A_MONTH, points_of
from backline.domain.references import statement_reference
from backline.listening.calendar import to_number
from backline.money import queries as money
from backline.money.actions.writing import Line
from backline.money.catalogue import first_days
from backline.web.charts.shares import share_bp
from backline.web.formats import full_day, month_name, number
from backline.web.statement.queries import OpenedStatement
from backline.web.statement.sums import Sum, came, went


@dataclass(frozen=True)
class BeatLine:
    """A beat's line. Age (months), plays, share and pool points are of `as_of`, its last day; None where none weighed.

    `correction_of` is the month that a line of a correction is about.
    """

    beat_id: int
    name: str
    correction_of: date | None
    as_of: date | None
    age_months: float | None
    plays: int | None
    share_bp: int | None
    points: int | None
    micro_units: int
    minor: int


@dataclass(frozen=True)
class Sheet:
    """A statement with its sums, its lines, and how its settlement divided the month."""

    found: money.Explanation
    names: dict[int, str]
    settlement: money.SettlementRow
    came: list[Sum]
    went: list[Sum]
    beats: list[BeatLine]

    @property
    def row(self) -> money.StatementRow:
        """The statement itself."""
        return self.found.statement

    @property
    def reference(self) -> str:
        """What people call it."""
        return statement_reference(self.row.month, self.row.currency, self.row.id or 0)

    @property
    def bucket_minor(self) -> int:
        """What the days' buckets held."""
        return sum(day.bucket_minor for day in self.found.days)

    @property
    def days_micro(self) -> int:
        """What of the days' buckets came to this artist."""
        return sum(day.micro_units for day in self.found.days)

    @property
    def step_micro(self) -> int:
        """The one rounding step: what was added to (or taken from) the micro-units to make whole minor units."""
        return self.row.earned_minor * MICRO - self.found.micro_units

    @property
    def rest_micro(self) -> int:
        """What was left over a whole minor unit before the rounding: the largest of these were rounded up."""
        return self.found.micro_units % MICRO

    @property
    def statements(self) -> int:
        """How many statements of this currency shared the rounding."""
        totals = (each for each in self.settlement.totals if each.currency == self.row.currency)
        return next((each.statements for each in totals), 1)


def sheet(opened: OpenedStatement) -> Sheet:
    """Lays an opened statement out."""
    row, found = opened.row, opened.found
    settlement = money.settlement(row.settlement_id or 0)
    assert settlement is not None  # a statement is never without
    corrected = sum(line.minor for line in found.lines if line.month != row.month)
    why_corrected = [
        f"{month_name(part.of_month)}, learned on {full_day(part.day)}"
        for part in found.corrections
        if part.of_month != row.month
    ]
    return Sheet(
        found=found,
        names=opened.names,
        settlement=settlement,
        came=came(
            row, corrected=corrected, why=", ".join(why_corrected), micro_units=number(found.micro_units)
        ),
        went=went(row),
        beats=_beats(opened),
    )


def _beats(opened: OpenedStatement) -> list[BeatLine]:
    """The lines, highest amount first; those of corrections after the month's own."""
    row, found = opened.row, opened.found
    last: dict[int, tuple[date, int, int]] = {}
    for day in found.days:
        for beat in day.beats:
            last[beat.beat_id] = (day.day, beat.plays, beat.points)
    first_on = first_days(last)
    lines = [_line(line, row.month, opened.names, last, first_on) for line in found.lines]
    return sorted(lines, key=lambda line: (line.correction_of is not None, -line.minor, -line.micro_units))


def _line(
    line: Line,
    month: date,
    names: dict[int, str],
    last: dict[int, tuple[date, int, int]],
    first_on: dict[int, int],
) -> BeatLine:
    own = line.month == month
    known = last.get(line.beat_id) if own else None
    age = to_number(known[0]) - first_on[line.beat_id] if known and line.beat_id in first_on else None
    whole = points_of(age, known[1]) if known and age is not None else 0
    return BeatLine(
        beat_id=line.beat_id,
        name=names[line.beat_id],
        correction_of=None if own else line.month,
        as_of=known[0] if known else None,
        age_months=age / float(DAYS_A_MONTH) if age is not None else None,
        plays=known[1] if known else None,
        share_bp=share_bp(known[2], whole) if known and whole else None,
        points=known[2] if known else None,
        micro_units=line.micro_units,
        minor=line.minor,
    )
