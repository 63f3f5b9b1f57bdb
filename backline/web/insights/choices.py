"""What is chosen on a page of insights. All of it is in the address, so that a page can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from backline.domain import date_range
from backline.domain.date_range import Bounds, DateRange
from backline.domain.periods import Period
from backline.domain.steps import steps_for
from backline.listening.calendar import reporting

METRICS = {
    "plays": "Plays",
    "accounts": "Accounts",
    "visits": "Signed-out visits",
    "downloads": "Downloads",
    "likes": "Likes",
}
DEFINITIONS = {"plays": "plays", "accounts": "listeners", "visits": "listeners", "downloads": "downloads"}
DEFINITIONS |= {"likes": "likes"}
HOURLY = ("plays", "downloads")
KNOWN = ("range", "compare", "by", "metric")
NAMES = {
    "7d": "7 days",
    "30d": "30 days",
    "90d": "90 days",
    "month": "This month",
    "last-month": "Last month",
}
NAMES |= {"year": "This year", "all": "All time"}


@dataclass(frozen=True)
class Choices:
    """`asked` is what the address says, the rest what it means; `today` is the reporting day."""

    path: str
    asked: Mapping[str, str]
    range: DateRange
    metric: str
    today: date
    corrections: tuple[str, ...]

    @property
    def period(self) -> Period:
        """The days that are looked at."""
        return self.range.period

    @property
    def before(self) -> Period | None:
        """The days they are compared with."""
        return self.range.before

    @property
    def step(self) -> str:
        """hour, day, week or month."""
        return self.range.step

    @property
    def zone(self) -> str:
        """Whose days they are."""
        return reporting().zone.key

    @property
    def custom(self) -> bool:
        """Whether the period is between two dates."""
        return ".." in self.period.key

    @property
    def presets(self) -> list[tuple[str, str, bool]]:
        """Words, address and whether chosen, for each preset; the step follows the new length."""
        return [
            (words, self.address(range=key, by=""), key == self.period.key) for key, words in NAMES.items()
        ]

    @property
    def steps(self) -> list[str]:
        """In which steps the period can be drawn."""
        return ["month"] if self.range.by_month else steps_for(self.period.days)

    def address(self, tail: str = "", **changes: str) -> str:
        """This page, or what lies under it, with some choices changed; an empty one is left out."""
        asked = {name: value for name, value in {**self.asked, **changes}.items() if value}
        return f"{self.path}{tail}?{urlencode(asked)}" if asked else f"{self.path}{tail}"


def choices_of(request: HttpRequest, path: str, *, bounds: Bounds) -> Choices:
    """Reads the choices; what makes no sense has its default, and the correction is said."""
    return chosen(_asked(request), path, bounds=bounds)


def chosen(asked: Mapping[str, str], path: str, *, bounds: Bounds) -> Choices:
    """What these words mean."""
    metric = asked.get("metric", "plays")
    corrections = []
    if metric not in METRICS:
        metric = "plays"
        corrections.append(f"A chart shows {', '.join(METRICS)}; you see plays.")
    step = asked.get("by", "")
    if step == "hour" and metric not in HOURLY:
        step = "day"
        corrections.append(f"{METRICS[metric]} are not kept by hour; you see days.")
    found = date_range.parse(
        asked.get("range", ""), compare=asked.get("compare", ""), step=step, bounds=bounds
    )
    if found.step == "hour" and metric not in HOURLY:
        found = replace(found, step="day")
    known = {name: asked[name] for name in KNOWN if asked.get(name)}
    return Choices(path, known, found, metric, bounds.today, (*corrections, *found.corrections))


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address says; a form of two dates means the period between them."""
    asked: dict[str, str] = request.GET.dict()
    if asked.get("first_on") and asked.get("last_on"):
        asked["range"] = f"{asked['first_on']}..{asked['last_on']}"
    return asked
