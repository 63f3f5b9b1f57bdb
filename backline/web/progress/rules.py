"""*How XP Works*, from the constants that the code counts with."""

from __future__ import annotations

from dataclasses import dataclass

from backline.domain import levels, xp
from backline.domain.quality import ENOUGH_TAGS
from backline.domain.xp import Source
from backline.listening.calendar import reporting
from backline.standing.achievements import all_achievements
from backline.web.formats import number


@dataclass(frozen=True)
class SourceRule:
    """A source, what it brings as text, and when."""

    name: str
    amount: str
    why: str


@dataclass(frozen=True)
class LevelRule:
    """A level, the XP at which it begins, and what is to be said of it."""

    level: int
    xp: int
    note: str


@dataclass(frozen=True)
class Rules:
    """The dialog's content."""

    version: int
    sources: list[SourceRule]
    levels: list[LevelRule]
    zone: str


def rules(level: levels.Standing | None) -> Rules:
    """The rules in force, with the levels around the artist's own."""
    return Rules(xp.VERSION, _sources(), _levels(level.level if level else 1), reporting().zone.key)


def _sources() -> list[SourceRule]:
    amounts = [each.xp for each in all_achievements()]
    return [
        SourceRule(
            Source.UPLOAD.label,
            number(xp.UPLOAD_XP),
            f"once per beat, at its first publication; the first {xp.UPLOADS_A_MONTH} in a calendar month",
        ),
        SourceRule(
            Source.PLAYS.label,
            number(xp.PLAY_XP),
            f"per account, beat and day with a play; signed-out listeners up to {xp.SIGNED_OUT_A_DAY} a beat and day",
        ),
        SourceRule(
            Source.METADATA.label,
            number(xp.METADATA_XP),
            f"once per published beat: BPM, key, scale, description, {ENOUGH_TAGS} tags",
        ),
        SourceRule(
            Source.COLLABORATE.label,
            number(xp.COLLABORATE_XP),
            f"once per public beat with {xp.FEWEST_ARTISTS} or more accepted artists, to each",
        ),
        SourceRule(
            Source.ACHIEVEMENT.label,
            f"{number(min(amounts))} to {number(max(amounts))}",
            "once each, as listed",
        ),
    ]


def _levels(level: int) -> list[LevelRule]:
    titles = [least for least, _ in levels.TITLES_FROM if least > level][:2]
    shown = sorted({level, min(level + 1, levels.HIGHEST), *titles, levels.HIGHEST})
    return [LevelRule(each, levels.xp_needed(each), _note(each, level)) for each in shown]


def _note(level: int, own: int) -> str:
    if level == own:
        return f"you are here, {levels.title(level)}"
    if level == levels.HIGHEST:
        return "the last level; XP continues"
    return levels.title(level) if levels.title(level) != levels.title(own) else ""
