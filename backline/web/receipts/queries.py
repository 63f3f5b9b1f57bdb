"""What the receipts pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backline.core.paging import page_of
from backline.domain.periods import Period
from backline.domain.verdict_texts import explain
from backline.domain.verdicts import Verdict
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.listening.queries.receipts import DayReceipts, beat_receipts, listen_sample, sum_receipts
from backline.web.charts.canvas import NARROW, WIDE, Size
from backline.web.charts.stacks import StackChart, stack_chart
from backline.web.formats import country_name, day, number, weekday_day
from backline.web.reasons import Reason, reasons

DAYS_PER_PAGE = 31
SAMPLE = 50


@dataclass(frozen=True)
class DayLine:
    """A day of the table, or a whole month; `why` has its rejections in words."""

    on: date
    received: int
    counted: int
    rejected: int
    why: str
    month: bool


@dataclass(frozen=True)
class Sheet:
    """A period's receipts, a page of its days (newest first), and those days drawn, oldest first.

    Whole months, which stand for days too long ago, are not drawn: `days` are those that are.
    """

    receipts: listening.Receipts
    reasons: list[Reason]
    lines: list[DayLine]
    page: int
    pages: int
    days: list[date]
    wide: StackChart
    narrow: StackChart
    says: str
    today: listening.Receipts
    as_of: datetime

    @property
    def rejected(self) -> int:
        """How many listens of the period do not count."""
        return self.receipts.received - self.receipts.counted


@dataclass(frozen=True)
class Sample:
    """One listen of a day in words; empty texts are unknown."""

    at: datetime
    who: str
    device: str
    country: str
    heard_s: int
    counted: bool
    verdict: str


@dataclass(frozen=True)
class DaySheet:
    """One day's receipts (or those of its month, see `month`) and its last received listens, maybe of one verdict."""

    on: date
    month: bool
    receipts: listening.Receipts
    reasons: list[Reason]
    verdict: Verdict | None
    listens: list[Sample]


def sheet(beat_id: int, period: Period, *, page: int, now: datetime) -> Sheet:
    """The receipts of a beat over a period."""
    days = beat_receipts(beat_id, first=period.first_on, last=period.last_on)
    total, today = sum_receipts(days), reporting().today(now)
    here = page_of(len(days), page=page, size=DAYS_PER_PAGE)
    newest = days[::-1][here.start : here.stop]
    lines = [_line(each) for each in newest]
    drawn = [line for line in lines[::-1] if not line.month]
    wide, narrow = (_drawn(size, drawn) for size in (WIDE, NARROW))
    return Sheet(
        receipts=total,
        reasons=reasons(total),
        lines=lines,
        page=here.number,
        pages=here.pages,
        days=[line.on for line in drawn],
        wide=wide,
        narrow=narrow,
        says=_finding(drawn),
        today=sum_receipts(beat_receipts(beat_id, first=today, last=today)),
        as_of=listening.freshness(now),
    )


def day_sheet(beat_id: int, on: date, *, verdict: Verdict | None) -> DaySheet:
    """The receipts of one day and a sample of its listens."""
    days = beat_receipts(beat_id, first=on, last=on)
    receipts = sum_receipts(days)
    found = listen_sample(beat_id, on=on, limit=SAMPLE, verdict=verdict)
    listens = [
        Sample(
            at=each.at,
            who="an account" if each.signed_in else "a signed-out visitor",
            device=each.device,
            country=country_name(each.country) if each.country else "",
            heard_s=each.heard_s,
            counted=each.verdict is Verdict.COUNTED,
            verdict=explain(each.verdict).title,
        )
        for each in found
    ]
    return DaySheet(on, days[0].month, receipts, reasons(receipts), verdict, listens)


def reason_keys(days: Sequence[DayReceipts]) -> list[str]:
    """The reasons that occur, in the order of the rules: the columns of the CSV."""
    return list(sum_receipts(days).rejected)


def _line(each: DayReceipts) -> DayLine:
    receipts = each.receipts
    why = ", ".join(f"{number(reason.count)} {reason.title.lower()}" for reason in reasons(receipts))
    rejected = receipts.received - receipts.counted
    return DayLine(each.on, receipts.received, receipts.counted, rejected, why, each.month)


def _drawn(size: Size, lines: Sequence[DayLine]) -> StackChart:
    return stack_chart(
        size,
        [line.counted for line in lines],
        [line.rejected for line in lines],
        says=[
            f"{weekday_day(line.on)}: {number(line.received)} received, {number(line.counted)} counted,"
            f" {number(line.rejected)} rejected"
            for line in lines
        ],
    )


def _finding(lines: Sequence[DayLine]) -> str:
    if not lines:
        return ""
    received, counted = sum(line.received for line in lines), sum(line.counted for line in lines)
    return (
        f"Listens per day, {day(lines[0].on)} to {day(lines[-1].on)}: {number(received)} received,"
        f" {number(counted)} counted, {number(received - counted)} rejected"
    )
