"""Downloads and engagement of a period, against the period before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backline.catalog import queries as catalog
from backline.domain import periods
from backline.domain.periods import Period
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.reasons import Reason, reasons


@dataclass(frozen=True)
class TopTrack:
    """The beat with the most downloads of the period: its name (several when they tie), and its lead."""

    names: tuple[str, ...]
    downloads: int
    lead: int


@dataclass(frozen=True)
class Week:
    """Downloads from Monday to today, and of the same days of the week before."""

    downloads: int
    before: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Engagement:
    """Figures of the period and the one before (None where nothing comes before); today stands apart."""

    period: Period
    before_period: Period | None
    figures: listening.Figures
    before: listening.Figures | None
    week: Week
    top: TopTrack | None
    today: listening.Figures

    @property
    def reasons(self) -> list[Reason]:
        """Why listens of the period were rejected, the most frequent first."""
        return reasons(self.figures.receipts)

    @property
    def empty(self) -> bool:
        """Neither a play nor a download in the period."""
        return not self.figures.plays and not self.figures.downloads


def engagement(artist_id: int, period: Period, *, beat_ids: list[int], now: datetime) -> Engagement:
    """Everything the cards of a period show; `beat_ids` are those the artist is credited on."""
    before = periods.previous(period)
    return Engagement(
        period=period,
        before_period=before,
        figures=_figures(artist_id, period, now),
        before=_figures(artist_id, before, now) if before else None,
        week=_week(artist_id, now),
        top=_top(beat_ids, period),
        today=listening.artist_today(artist_id, now=now),
    )


def _figures(artist_id: int, period: Period, now: datetime) -> listening.Figures:
    return listening.artist_figures(artist_id, first=period.first_on, last=period.last_on, now=now)


def _week(artist_id: int, now: datetime) -> Week:
    this, last = periods.week_to_date(reporting().today(now))
    days = listening.artist_series(artist_id, first=last.first_on, last=this.last_on)
    return Week(
        downloads=sum(day.downloads for day in days if day.on in this),
        before=sum(day.downloads for day in days if day.on in last),
        first_on=this.first_on,
        last_on=this.last_on,
    )


def _top(beat_ids: list[int], period: Period) -> TopTrack | None:
    figures = listening.beats_in_period(beat_ids, first=period.first_on, last=period.last_on)
    downloads = {beat_id: beat.downloads for beat_id, beat in figures.items()}
    leaders = listening.leaders(downloads)
    if not leaders.beat_ids:
        return None
    labels = catalog.beat_labels(leaders.beat_ids)
    others = [count for beat_id, count in downloads.items() if beat_id not in leaders.beat_ids]
    names = tuple(labels[beat_id].name for beat_id in leaders.beat_ids if beat_id in labels)
    return TopTrack(names, leaders.figure, leaders.figure - max(others, default=0))
