"""The achievements as the page lists them, and the history in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog.queries import beat_labels
from backline.domain.achievements import Group
from backline.domain.xp import Source
from backline.standing import queries as standing
from backline.standing.achievements import tells_of_money
from backline.standing.queries import AchievementState, Line
from backline.web.formats import full_day
from backline.web.progress.forms import Choices

CLOSEST = 6
HISTORY_SIZE = 5
MEDALS = {
    Group.CATALOGUE: "layers",
    Group.PLAYS: "flame",
    Group.METADATA: "tag",
    Group.PROFILE: "user-round",
    Group.GENRE: "disc-3",
    Group.COLLABORATION: "handshake",
    Group.OVERALL: "crown",
    Group.TENURE: "calendar",
    Group.MONEY: "wallet",
    Group.SEASONAL: "sparkles",
    Group.MILESTONES: "target",
}
UNITS = {
    Source.UPLOAD: ("beat", "beats"),
    Source.PLAYS: ("day", "days"),
    Source.METADATA: ("beat", "beats"),
    Source.COLLABORATE: ("beat", "beats"),
    Source.ACHIEVEMENT: ("unlocked", "unlocked"),
}
BEATS = {
    Source.UPLOAD: "{}, published",
    Source.METADATA: "{} is complete",
    Source.COLLABORATE: "{}, with another artist",
}


@dataclass(frozen=True)
class Achievements:
    """The achievements under the chosen filters, in three groups; the counts and the XP are of all."""

    closest: list[AchievementState]
    unlocked: list[AchievementState]
    locked: list[AchievementState]
    total: int
    unlocked_count: int
    xp: int

    @property
    def is_empty(self) -> bool:
        """Nothing fits the filters."""
        return not (self.closest or self.unlocked or self.locked)


@dataclass(frozen=True)
class Entry:
    """A line of the history: what it was for, its source or why it was taken back, and when."""

    title: str
    note: str
    at: datetime
    amount: int


@dataclass(frozen=True)
class Entries:
    """A page of the history."""

    rows: list[Entry]
    total: int
    page: int
    pages: int


def achievements(of: standing.Counted, choices: Choices, *, sees_money: bool) -> Achievements:
    """What the filters leave; members who read nothing about money do not see what tells of it."""
    every = [
        state
        for state in standing.achievements(of)
        if sees_money or not tells_of_money(state.achievement.key)
    ]
    shown = [state for state in every if _fits(state, choices)]
    unlocked = sorted((state for state in shown if state.unlocked_at), key=_when, reverse=True)
    locked = [state for state in shown if not state.unlocked_at]
    closest = sorted((state for state in locked if state.progress_bp), key=lambda each: -each.progress_bp)[
        :CLOSEST
    ]
    won = [state for state in every if state.unlocked_at]
    return Achievements(
        closest=closest,
        unlocked=unlocked,
        locked=[state for state in locked if state not in closest],
        total=len(every),
        unlocked_count=len(won),
        xp=sum(state.achievement.xp for state in won),
    )


def history(artist_id: int, *, total: int, page: int, sees_money: bool) -> Entries:
    """A page of the awards and reversals, the newest first."""
    found = standing.history(artist_id, total=total, page=page, size=HISTORY_SIZE)
    labels = beat_labels([int(line.subject) for line in found.lines if line.source in BEATS])
    names = {beat_id: label.name for beat_id, label in labels.items()}
    rows = [_entry(line, names, sees_money) for line in found.lines]
    return Entries(rows, found.total, found.page, found.pages)


def _fits(state: AchievementState, choices: Choices) -> bool:
    status = {"": True, "unlocked": state.unlocked_at is not None, "locked": state.unlocked_at is None}
    return (
        status[choices.status]
        and choices.category in ("", state.achievement.group)
        and choices.rarity in ("", state.achievement.rarity)
    )


def _when(state: AchievementState) -> float:
    return state.unlocked_at.timestamp() if state.unlocked_at else 0


def _entry(line: Line, names: dict[int, str], sees_money: bool) -> Entry:
    if line.source in BEATS:
        title = BEATS[line.source].format(names.get(int(line.subject), "A deleted beat"))
    elif line.source is Source.PLAYS:
        title = f"Plays on {full_day(datetime.fromisoformat(line.subject).date())}"
    elif not sees_money and tells_of_money(line.rule):
        title = "An achievement about money"
    else:
        title = f"{standing.achievement_name(line.rule)}, unlocked"
    note = f"Taken back. {line.note}" if line.reverses else line.source.label
    return Entry(title, note, line.at, line.amount)
