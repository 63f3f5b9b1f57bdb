"""The blocks of a page of insights, and what each reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from backline.domain.date_range import Bounds
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.insights import audience, heard, results
from backline.web.insights.choices import Choices, choices_of
from backline.web.insights.listeners import top_listeners
from backline.web.insights.overtime import over_time
from backline.web.insights.subject import Subject
from backline.web.sections import Failed, attempt

FIRST = ("plays", "overview")
TITLES = {
    "plays": "Plays over time",
    "overview": "Engagement overview",
    "retention": "Retention over the waveform",
    "completion": "Completion breakdown",
    "funnel": "Funnel",
    "durations": "Listen duration",
    "start": "First 7 days",
    "beats": "Most played beats",
    "sources": "Sources",
    "listeners": "Top listeners",
    "devices": "Devices and platforms",
    "locations": "Locations",
    "week": "Weekday and hour",
    "newcomers": "New and returning accounts",
    "receipts": "Play receipts",
}


@dataclass
class Sections:
    """The blocks of one request, on the choices its address makes. `full`: with what only tables show."""

    subject: Subject
    choices: Choices
    now: datetime
    full: bool = False

    @cached_property
    def breakdown(self) -> listening.Breakdown:
        """Plays by all dimensions, which three blocks show."""
        period = self.choices.period
        return listening.breakdown(self.subject.scope, first=period.first_on, last=period.last_on)

    @cached_property
    def engagement(self) -> listening.Engagement:
        """How the beat was heard, which two blocks show."""
        period, (beat_id,) = self.choices.period, self.subject.scope.ids
        return listening.beat_engagement(beat_id, first=period.first_on, last=period.last_on)

    @property
    def shown(self) -> Hashable:
        """What the blocks depend on."""
        choices = self.choices
        return choices.period, choices.range.compare, choices.step, choices.metric

    def reads(self) -> dict[str, Callable[[], Any]]:
        """Block → its read, in the order in which they stand on the page."""
        subject, choices, now = self.subject, self.choices, self.now
        found: dict[str, Callable[[], Any]] = {
            "plays": lambda: over_time(subject, choices, now=now, full=self.full)
        }
        if (beat := subject.beat) is not None:
            found |= {
                "overview": lambda: heard.overview(beat, self.engagement, choices),
                "retention": lambda: heard.retention(beat, choices),
                "completion": lambda: heard.completion(self.engagement),
                "durations": lambda: heard.listen_durations(beat, choices),
                "start": lambda: results.first_week(beat, now=now),
            }
        else:
            found["beats"] = lambda: results.most_played(subject, choices)
        return found | {
            "funnel": lambda: results.funnel(subject, choices),
            "sources": lambda: audience.sources(self.breakdown),
            "listeners": lambda: top_listeners(subject, choices),
            "devices": lambda: audience.devices(self.breakdown),
            "locations": lambda: audience.locations(self.breakdown),
            "week": lambda: audience.week(subject, choices),
            "newcomers": lambda: audience.newcomers(subject, choices),
            "receipts": lambda: results.received(subject, choices, now=now),
        }


def sections_of(request: HttpRequest, subject: Subject, *, now: datetime, full: bool = False) -> Sections:
    """The blocks that a request asks for. *All time* begins today when the first day cannot be read."""
    today = reporting().today(now)
    totals = attempt(request, "totals", lambda: subject.totals)
    first_on = None if isinstance(totals, Failed) else totals.first_on
    kept = attempt(request, "kept", lambda: listening.kept_by_day_from(subject.scope))
    bounds = Bounds(today, first_on or today, today.min if isinstance(kept, Failed) else kept)
    return Sections(subject, choices_of(request, subject.path, bounds=bounds), now, full)
