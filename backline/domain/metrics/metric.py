"""What a metric is: a figure's name, what counts towards it in words, whose days it goes by, and where it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Zone(StrEnum):
    """Whose days a metric goes by."""

    REPORTING = "reporting"
    ACCOUNT = "account"
    NONE = "none"

    @property
    def sentence(self) -> str:
        """It, said."""
        return _ZONES[self]


_ZONES = {
    Zone.REPORTING: "Days are those of the platform's reporting zone.",
    Zone.ACCOUNT: "Days are those of your own time zone, which Settings shows.",
    Zone.NONE: "It is a figure of the moment; no day bounds it.",
}


@dataclass(frozen=True)
class Place:
    """A screen that shows a metric: its name, and its address (with `<id>` where it is one of many)."""

    name: str
    address: str


DASHBOARD = Place("Dashboard", "/dashboard/")
ACTIVITY = Place("Activity", "/dashboard/activity/")
PROGRESS = Place("Progress", "/dashboard/progress/")
LEADERBOARDS = Place("Leaderboards", "/dashboard/leaderboards/")
BEATS = Place("My Beats", "/dashboard/beats/")
COLLECTIONS = Place("My Collections", "/dashboard/collections/")
UPLOAD = Place("Upload", "/backstage/upload/")
FINANCES = Place("Finances", "/dashboard/finances/")
RECEIPTS = Place("Play receipts of a beat", "/backstage/beats/<id>/receipts/")
REWARDS = Place("What this rule rewards", "/help/rewards/")
INSIGHTS = Place("Insights of a beat", "/backstage/beats/<id>/insights/")


@dataclass(frozen=True)
class Metric:
    """One figure. `text` are sentences, `terms` pairs of a term and its meaning, `rule` names the rule's version."""

    key: str
    name: str
    unit: str
    zone: Zone
    text: tuple[str, ...]
    places: tuple[Place, ...]
    terms: tuple[tuple[str, str], ...] = ()
    rule: str = ""
