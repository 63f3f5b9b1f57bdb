"""How a beat is heard: the overview, how long by day, how far, and which seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backline.catalog.models import Beat
from backline.domain import engagement_levels as levels
from backline.domain import retention as rules
from backline.domain import waveform
from backline.domain.engagement import WEIGHTS
from backline.domain.engagement_levels import BUCKETS, Level
from backline.domain.steps import spans
from backline.listening import queries as listening
from backline.web.charts import durations
from backline.web.charts import retention as drawn
from backline.web.charts.shares import Part, share_bp, stacked
from backline.web.formats import counted, day, duration, full_day, percent
from backline.web.insights.choices import Choices
from backline.web.insights.sheets import Sheet, share
from backline.web.tables import Cell

WAVE_BARS, WAVE_HEIGHT, WAVE_PITCH = 200, 32, 4
SERIES = (1, 3, 2, 6, 5)


@dataclass(frozen=True)
class Overview:
    """The four cards; `badge` is empty and `level` None without listens.

    `earlier` are plays of days from before it was measured how beats are heard.
    """

    sums: listening.Engagement
    badge: str
    level: Level | None
    length_ms: int
    plays: int

    @property
    def earlier(self) -> int:
        """Plays that nothing more is known of."""
        return self.plays if not self.sums.listens else 0

    @property
    def completed_bp(self) -> int | None:
        """Completed of all."""
        return share_bp(self.sums.completed, self.sums.listens) if self.sums.listens else None

    def sheet(self) -> Sheet:
        """The cards as rows."""
        sums = self.sums
        rows: list[list[Cell]] = [
            ["Listens", sums.listens],
            ["Average listen duration, s", sums.average_ms and sums.average_ms // 1000],
            ["Average share heard, %", share(sums.share_bp)],
            ["Average completion, %", share(sums.reach_bp)],
            ["Total listen time, s", sums.listened_ms // 1000],
            ["Completed listens", sums.completed],
        ]
        return Sheet("Engagement overview", ("Figure", "Value"), rows)


@dataclass(frozen=True)
class BucketLine:
    """Listens that got as far; `share_bp` of all, `weight` in the score, `series` the colour."""

    name: str
    range: str
    listens: int
    share_bp: int
    weight: int
    series: int


@dataclass(frozen=True)
class Completion:
    """The five buckets and the score; `score` is None without listens."""

    lines: list[BucketLine]
    parts: tuple[Part, ...]
    listens: int
    score: int | None
    name: str
    says: str

    def sheet(self) -> Sheet:
        """The buckets."""
        rows = [
            [f"{line.name}, {line.range}", line.listens, share(line.share_bp), line.weight]
            for line in self.lines
        ]
        return Sheet("Completion breakdown", ("Completion", "Listens", "Share, %", "Weight"), rows)


@dataclass(frozen=True)
class Durations:
    """Average listen duration by step of time."""

    step: str
    lines: list[tuple[date, listening.Engagement]]
    wide: durations.DurationChart
    narrow: durations.DurationChart
    says: str

    def sheet(self) -> Sheet:
        """Every step with its listens."""
        rows = [
            [on.isoformat(), one.listens, one.average_ms and one.average_ms // 1000, share(one.reach_bp)]
            for on, one in self.lines
        ]
        columns = (self.step.capitalize(), "Listens", "Average duration, s", "Average completion, %")
        return Sheet("Listen duration", columns, rows)


@dataclass(frozen=True)
class Curve:
    """Retention; the charts are None below 20 listens. `playable`: a click can play that moment."""

    first: date
    last: date
    listens: int
    curve: tuple[int, ...]
    wide: drawn.RetentionChart | None
    narrow: drawn.RetentionChart | None
    wave: str
    playable: bool
    length_ms: int
    says: str

    def sheet(self) -> Sheet:
        """The share at every second."""
        rows = [[second, share(heard_by)] for second, heard_by in enumerate(self.curve)]
        return Sheet("Retention", ("Second", "Share of listens, %"), rows)


def overview(beat: Beat, sums: listening.Engagement, choices: Choices) -> Overview:
    """The cards of a period."""
    period, reach, heard = choices.period, sums.reach_bp, sums.share_bp
    plays = listening.plays_in_period([beat.pk], first=period.first_on, last=period.last_on)
    return Overview(
        sums=sums,
        badge="" if reach is None or heard is None else levels.badge(reach_bp=reach, share_bp=heard),
        level=levels.completion_level(reach) if reach is not None else None,
        length_ms=beat.recording.duration_ms,
        plays=plays.get(beat.pk, 0),
    )


def completion(sums: listening.Engagement) -> Completion:
    """How far listens of a period got."""
    lines = [
        BucketLine(name, words, count, share_bp(count, sums.listens), weight, series)
        for (name, words), count, weight, series in zip(BUCKETS, sums.buckets, WEIGHTS, SERIES, strict=True)
    ]
    return Completion(
        lines=lines,
        parts=stacked(sums.buckets),
        listens=sums.listens,
        score=sums.score,
        name=levels.score_name(sums.score) if sums.score is not None else "",
        says=", ".join(f"{line.listens} {line.name.lower()}" for line in lines),
    )


def listen_durations(beat: Beat, choices: Choices) -> Durations:
    """How long was listened, by day or as the date bar says."""
    step = "day" if choices.step == "hour" else choices.step
    parts = spans(choices.period, step)
    found = listening.beat_engagement_spans(beat.pk, spans=parts)
    averages = [
        durations.Average(one.average_ms, one.reach_bp, _average_says(first, one))
        for (first, _), one in zip(parts, found, strict=True)
    ]
    first, last = day(choices.period.first_on), day(choices.period.last_on)
    return Durations(
        step=step,
        lines=[(first_on, one) for (first_on, _), one in zip(parts, found, strict=True)],
        wide=durations.duration_chart(durations.WIDE, averages),
        narrow=durations.duration_chart(durations.NARROW, averages),
        says=f"Average listen duration per {step}, {first} to {last}",
    )


def retention(beat: Beat, choices: Choices) -> Curve:
    """Which seconds are heard by how many."""
    period, length_ms = choices.period, beat.recording.duration_ms
    found = listening.beat_retention(beat.pk, first=period.first_on, last=period.last_on)
    length_s = (length_ms + 499) // 1000  # seconds whose middle is inside the beat
    curve = rules.shares(found.seconds, listens=found.listens, length_s=length_s)
    enough = found.listens >= rules.LEAST_LISTENS
    drop, rise = (rules.strongest_drop(curve), rules.strongest_rise(curve)) if enough else (None, None)
    peaks = bytes(beat.recording.peaks or b"")
    return Curve(
        first=found.first,
        last=found.last,
        listens=found.listens,
        curve=curve if enough else (),
        wide=drawn.retention_chart(drawn.WIDE, curve, drop=drop, rise=rise) if enough else None,
        narrow=drawn.retention_chart(drawn.NARROW, curve, drop=drop, rise=rise) if enough else None,
        wave=waveform.path(peaks, count=WAVE_BARS, height=WAVE_HEIGHT, pitch=WAVE_PITCH) if peaks else "",
        playable=bool(beat.is_public and beat.recording.stream_key and peaks),
        length_ms=length_ms,
        says=_curve_says(found.listens, curve, drop, rise) if enough else "",
    )


def _curve_says(
    listens: int, curve: tuple[int, ...], drop: rules.Moment | None, rise: rules.Moment | None
) -> str:
    said = [
        f"Share of {counted(listens, 'listen')} that heard each second: {percent(curve[0], 0)} at the start"
    ]
    said += [f"strongest drop at {duration(drop.at_s * 1000)}"] if drop else []
    said += [f"replay at {duration(rise.at_s * 1000)}"] if rise else []
    return ", ".join([*said, f"{percent(curve[-1], 0)} at the end"])


def _average_says(on: date, one: listening.Engagement) -> str:
    reach, listens = percent(one.reach_bp, 0), counted(one.listens, "listen")
    return f"{full_day(on)}: {duration(one.average_ms)} on average, completion {reach}, {listens}"
