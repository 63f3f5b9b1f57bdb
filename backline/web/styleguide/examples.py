"""Example inputs for the style guide. Fixed and invented, so that pictures of the page can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms

from backline.catalog.covers import STYLES, Cover, collection_seed, generated_cover
from backline.domain import waveform
from backline.domain.levels import Standing, standing
from backline.people.models import Artist
from backline.web.charts.calendar import Calendar, Uploads, calendar
from backline.web.charts.canvas import CARD, NARROW, WIDE, Size
from backline.web.charts.hours import HourChart, hour_chart
from backline.web.charts.lines import Chart, bars_chart, line_chart, spark
from backline.web.charts.shares import Part, stacked
from backline.web.charts.stacks import StackChart, stack_chart
from backline.web.cover_choice import Style, styles
from backline.web.formats import weekday_day
from backline.web.list_state import PLAYS as PLAYS_COLUMN
from backline.web.list_state import ListFilter, ListState
from backline.web.payout_setup.reminder import Reminder
from backline.web.sections import Failed
from backline.web.shell import MenuLink
from backline.web.version_field import Difference


def _row(figures: str) -> tuple[int, ...]:
    return tuple(int(figure) for figure in figures.split())


PLAYS = _row("18 19 27 18 19 20 13 20 23 26 12 16 13 27 25 13 31 31 25 24 17 13 24 13 16 18 14 23 22 32")
BEFORE = _row("18 20 21 23 20 26 13 16 23 20 24 12 17 14 18 18 10 14 14 24 23 14 23 13 20 12 11 25 16 14")
DOWNLOADS = (2, 5, 3, 5, 7, 1, 2, 6, 2, 3, 2, 7, 6, 7, 3, 5, 7, 6, 6, 7, 6, 2, 6, 6, 3, 3, 7, 5, 8, 10)
HOURS = _row(
    "2 0 0 2 1 1 1 0 4 1 2 0 2 2 1 2 2 0 2 1 1 0 1 1 3 1 3 2 2 1 1 3 1 0 1 1 3 0 0 0 0 4 0 0 1 0 1 1"
)
FIRST_ON, TODAY, CHOSEN = date(2026, 10, 24), date(2026, 11, 23), date(2026, 7, 17)
COVER_SEED = collection_seed(1)
AT = datetime(2026, 11, 23, 17, 42, tzinfo=UTC)


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Beat name", help_text="As listeners see it.")
    genre = forms.ChoiceField(choices=[("house", "House"), ("drill", "Drill")], required=False)
    about = forms.CharField(label="Description", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    bpm = forms.IntegerField(label="Tempo", min_value=40, max_value=240)
    public = forms.BooleanField(label="Publish at once", required=False)
    samples = forms.ChoiceField(
        label="Samples",
        choices=[("no", "None"), ("yes", "Cleared")],
        widget=forms.RadioSelect,
        required=False,
    )


class ExampleList(ListState):
    """A list that is narrowed and in an order."""

    PATH = "/styleguide/"
    LIST = "example-list"
    DEFAULT = "name"
    FIRST_DESCENDING = (PLAYS_COLUMN,)
    FOLDED = ("least", "most", "from_on", "until_on")


@dataclass(frozen=True)
class Examples:
    """What the page's blocks take their inputs from."""

    form: ExampleForm
    level: Standing
    item: MenuLink
    days: list[date]
    line: tuple[Chart, Chart]
    bars: tuple[Chart, Chart]
    flat: tuple[Chart, Chart]
    stacks: tuple[StackChart, StackChart]
    tips: list[str]
    hours: tuple[HourChart, HourChart]
    calendar: Calendar
    spark: str
    parts: tuple[Part, ...]
    wave: str
    failed: Failed
    at: datetime
    artist: Artist
    listing: ExampleList
    filter: ListFilter
    cover: Cover
    styles: tuple[Style, ...]
    differing: list[Difference]
    reminder: Reminder


def examples() -> Examples:
    """All inputs; needs no database."""
    days = [FIRST_ON + timedelta(days=index) for index in range(len(PLAYS))]
    return Examples(
        form=ExampleForm({"name": "", "genre": "drill", "about": "", "bpm": "86"}),
        level=standing(21_912),
        item=MenuLink("Activity", "activity", "/styleguide/", new_tab=False, current=False, count=None),
        days=days,
        line=(line_chart(CARD, PLAYS, before=BEFORE), line_chart(NARROW, PLAYS, before=BEFORE)),
        bars=(_bars(WIDE), _bars(NARROW)),
        flat=(line_chart(WIDE, [0] * 30), line_chart(NARROW, [0] * 30)),
        stacks=(_stacks(WIDE, days), _stacks(NARROW, days)),
        tips=_tips(days),
        hours=(hour_chart(HOURS, today_from=30, width=530), hour_chart(HOURS, today_from=30, width=320)),
        calendar=calendar(2026, _uploads(), today=TODAY, selected=CHOSEN),
        spark=spark(PLAYS),
        parts=stacked([62, 24, 14]),
        wave=waveform.path(_peaks(), count=160, height=32, pitch=4),
        failed=Failed("3f5c0a91be27"),
        at=AT,
        artist=Artist(handle="example", name="Example"),
        listing=ExampleList("example", {"least": 10, "sort": "-plays"}, ZoneInfo("UTC")),
        filter=ListFilter({}),
        cover=generated_cover(STYLES[0], seed=COVER_SEED),
        styles=styles(COVER_SEED),
        differing=[Difference("Name", "Another name")],
        reminder=Reminder({"EUR": 1_550}, "example", "/styleguide/"),
    )


def _bars(size: Size) -> Chart:
    marks = {13: "Released: example beat, 6 November", 20: "Released: two example beats, 13 November"}
    return bars_chart(size, PLAYS, bars=DOWNLOADS, marks=marks)


def _stacks(size: Size, days: list[date]) -> StackChart:
    return stack_chart(size, PLAYS, DOWNLOADS, says=[weekday_day(day) for day in days])


def _tips(days: list[date]) -> list[str]:
    rows = zip(PLAYS, BEFORE, days, strict=True)
    return [f"{plays} plays|{weekday_day(day)}. {before} in the period before" for plays, before, day in rows]


def _peaks() -> bytes:
    return bytes((index * 37 + index * index) % 200 + 40 for index in range(200))


def _uploads() -> Uploads:
    """Fridays with one to seven uploads, and a changing number by others on every day."""
    year = [date(2026, 1, 1) + timedelta(days=index) for index in range(365)]
    own = {day: 1 + day.day % 5 for day in year if day.weekday() == 4 and day.day % 3 == 0} | {CHOSEN: 7}
    return Uploads(own=own, others={day: (day.toordinal() * 7) % 9 for day in year})
