"""What comes of being played: the funnel, the first week, the most played beats, the receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.catalog import queries as catalog
from backline.catalog.models import Beat
from backline.domain import first_days
from backline.domain.first_days import Start
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.charts.canvas import Size
from backline.web.charts.lines import Chart, line_chart
from backline.web.charts.shares import share_bp
from backline.web.formats import counted, number, ordinal
from backline.web.insights.choices import Choices
from backline.web.insights.sheets import Sheet, share
from backline.web.insights.subject import Subject
from backline.web.reasons import Reason, reasons
from backline.web.tables import Cell

MOST_BEATS = 10
WIDE, NARROW = Size(530, 176, labels=2), Size(320, 176, labels=2)


@dataclass(frozen=True)
class Step:
    """A step of the funnel; `share_bp` is of impressions for plays, of plays for what follows.

    It is None for the first, of nothing, and for plays where more were played than shown.

    `bar_bp` is how long its bar is.
    """

    name: str
    count: int
    share_bp: int | None
    of: str
    bar_bp: int
    metric: str


@dataclass(frozen=True)
class Funnel:
    """The six steps."""

    steps: list[Step]

    @property
    def empty(self) -> bool:
        """Neither shown nor played."""
        return not any(step.count for step in self.steps)

    def sheet(self) -> Sheet:
        """A row for each step."""
        rows = [[step.name, step.count, share(step.share_bp)] for step in self.steps]
        return Sheet("Funnel", ("Step", "Count", "Share of the step it is of, %"), rows)


@dataclass(frozen=True)
class FirstWeek:
    """The first seven days; `start` is None before the beat came out, and where days are no longer kept.

    `complete`: all seven are over.
    """

    start: Start | None
    complete: bool
    wide: Chart | None
    narrow: Chart | None
    labels: list[tuple[int, str]]
    says: str

    @property
    def place(self) -> str:
        """The place among the last beats, in words; empty when there is no other to compare with."""
        start = self.start
        return f"{ordinal(start.place)} of {start.field}" if start and start.field > 1 else ""

    def sheet(self) -> Sheet:
        """Plays added up by day, and the median of the others."""
        start = self.start or Start((), (), 1, 1)
        usual: list[Cell] = [f"{value:g}" for value in start.usual] or [None] * len(start.mine)
        rows: list[list[Cell]] = [
            [f"Day {day}", *pair] for day, pair in enumerate(zip(start.mine, usual, strict=True), 1)
        ]
        return Sheet("First 7 days", ("Day", "This beat", "Median of the last ten"), rows)


@dataclass(frozen=True)
class BeatLine:
    """A beat among the most played; `before` is None without a period to compare with. `exclusive`: offered only so."""

    beat: catalog.BeatLabel
    plays: int
    share_bp: int
    before: int | None
    exclusive: bool

    @property
    def change(self) -> int | None:
        """Plays more or fewer than in the period it is compared with."""
        return None if self.before is None else self.plays - self.before


@dataclass(frozen=True)
class MostPlayed:
    """At most ten beats; `rest` are the plays of all others."""

    lines: list[BeatLine]
    plays: int
    rest: int
    others: int

    def sheet(self) -> Sheet:
        """The beats."""
        rows = [[line.beat.name, line.plays, share(line.share_bp), line.before] for line in self.lines]
        return Sheet("Most played beats", ("Beat", "Plays", "Share, %", "Compared with"), rows)


@dataclass(frozen=True)
class Received:
    """Received = counted + rejected."""

    receipts: listening.Receipts
    reasons: list[Reason]

    def sheet(self) -> Sheet:
        """Received, each reason, counted."""
        rows: list[list[Cell]] = [["Received", self.receipts.received]]
        rows += [[reason.title, -reason.count] for reason in self.reasons]
        return Sheet("Play receipts", ("Listens", "Count"), [*rows, ["Counted", self.receipts.counted]])


def funnel(subject: Subject, choices: Choices) -> Funnel:
    """The funnel of a period."""
    period = choices.period
    found = listening.funnel(
        subject.scope, beat_ids=subject.beat_ids, first=period.first_on, last=period.last_on
    )
    plays = found.plays
    # Platforms that only report listens show nothing here: a share of over 100 % would mean nothing.
    shown = share_bp(plays, found.impressions) if found.impressions >= max(plays, 1) else None
    steps = [
        Step("Impressions", found.impressions, None, "", 10_000 if found.impressions else 0, "impressions"),
        Step("Plays", plays, shown, "impressions", 10_000 if plays else 0, "plays"),
    ]
    for name, count, metric in (
        ("Completed", found.completed, "completed-plays"),
        ("Liked", found.liked, "likes"),
        ("Downloaded", found.downloaded, "downloads"),
        ("Licensed or sold", found.licensed, "licences"),
    ):
        share = share_bp(count, plays) if plays else None
        steps.append(Step(name, count, share, "plays", min(share or 0, 10_000), metric))
    return Funnel(steps)


def first_week(beat: Beat, *, now: datetime) -> FirstWeek:
    """The beat's first seven reporting days, against the last ten other beats of its artist at the same age."""
    today, zone = reporting().today(now), reporting().zone
    kept_from = listening.kept_by_day_from(listening.Scope.of_beats([beat.pk]))
    out_on = beat.first_published_at and beat.first_published_at.astimezone(zone).date()
    if out_on is None or not kept_from <= out_on <= today:
        return FirstWeek(None, complete=False, wide=None, narrow=None, labels=[], says="")
    mine = _first_days(beat.pk, out_on, today)
    last_ten = catalog.last_released(beat.artist_id, besides=beat.pk, limit=first_days.OTHERS)
    began = [(beat_id, at.astimezone(zone).date()) for beat_id, at in last_ten]
    start = first_days.start(
        mine, [_first_days(beat_id, day, today) for beat_id, day in began if kept_from <= day <= today]
    )
    values = [0, *start.mine, *[None] * (first_days.DAYS - len(mine))]
    usual = [0, *map(round, start.usual)] if start.usual else []
    median = (
        f", median of {counted(start.field - 1, 'other beat')} {start.usual[-1]:g}" if start.usual else ""
    )
    return FirstWeek(
        start=start,
        complete=out_on + timedelta(days=first_days.DAYS) <= today,
        wide=line_chart(WIDE, values, before=usual),
        narrow=line_chart(NARROW, values, before=usual),
        labels=[(day, f"day {day}") for day in (1, 3, 5, 7)],
        says=f"Plays in the first {counted(len(mine), 'day')}: {number(start.mine[-1])}{median}",
    )


def _first_days(beat_id: int, out_on: date, today: date) -> list[int]:
    """Plays of each of the first days that have begun."""
    last = min(out_on + timedelta(days=first_days.DAYS - 1), today)
    return [point.plays for point in listening.beat_series(beat_id, first=out_on, last=last)]


def most_played(subject: Subject, choices: Choices) -> MostPlayed:
    """The beats with most plays in a period, and how they did in the one before."""
    period, before = choices.period, choices.before
    ids = subject.beat_ids
    found = listening.plays_in_period(ids, first=period.first_on, last=period.last_on)
    plays = {beat_id: count for beat_id, count in found.items() if count}
    best = sorted(plays, key=lambda beat_id: (-plays[beat_id], beat_id))[:MOST_BEATS]
    earlier = listening.plays_in_period(best, first=before.first_on, last=before.last_on) if before else {}
    labels, total = catalog.beat_labels(best), sum(plays.values())
    only = Beat.objects.filter(pk__in=best, licensing=Beat.Licensing.EXCLUSIVE)
    exclusive = set(only.values_list("pk", flat=True))
    lines = [
        BeatLine(
            beat=labels[beat_id],
            plays=plays[beat_id],
            share_bp=share_bp(plays[beat_id], total),
            before=earlier.get(beat_id, 0) if before else None,
            exclusive=beat_id in exclusive,
        )
        for beat_id in best
        if beat_id in labels
    ]
    shown = sum(line.plays for line in lines)
    return MostPlayed(lines, plays=total, rest=total - shown, others=len(plays) - len(lines))


def received(subject: Subject, choices: Choices, *, now: datetime) -> Received:
    """What became of every listen of a period."""
    period = choices.period
    found = listening.scope_figures(
        subject.scope, first=period.first_on, last=period.last_on, now=now
    ).receipts
    return Received(found, reasons(found))
