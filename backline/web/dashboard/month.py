"""The drawing of the last 30 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backline.web.charts.canvas import CARD, NARROW
from backline.web.charts.lines import Chart, line_chart
from backline.web.dashboard.queries import Month
from backline.web.formats import day, number, weekday_day


@dataclass(frozen=True)
class DrawnMonth:
    """A month's figures with their chart at two widths, the finding in words, and a line for each point's tooltip."""

    figures: Month
    wide: Chart
    narrow: Chart
    days: list[date]
    says: str
    tips: list[str]


def drawn(month: Month) -> DrawnMonth:
    """Draws the plays of a month against those before."""
    recent, before = [each.plays for each in month.recent], [each.plays for each in month.before]
    days = [each.on for each in month.recent]
    return DrawnMonth(
        figures=month,
        wide=line_chart(CARD, recent, before=before),
        narrow=line_chart(NARROW, recent, before=before),
        days=days,
        says=(
            f"Plays per complete day, {day(days[0])} to {day(days[-1])}: {number(month.growth.recent)},"
            f" against {number(month.growth.before)} in the 30 days before"
        ),
        tips=[
            f"{number(now)} {'play' if now == 1 else 'plays'}|{weekday_day(on)}. {number(then)} in the period before"
            for on, now, then in zip(days, recent, before, strict=True)
        ],
    )
