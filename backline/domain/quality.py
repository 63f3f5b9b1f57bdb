"""How complete a beat's details are, what to look at again, and what it lacks to be published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SLOWEST_BPM, FASTEST_BPM = 40, 240
MOST_GENRES = 3
ENOUGH_TAGS = 3
SCALES = ("major", "minor")
SAMPLE_STATUSES = ("cleared", "needs_clearance")
AI_DECLARATIONS = ("human", "assisted")


@dataclass(frozen=True)
class Details:
    """What is known of a beat. Empty text and None mean that nobody has said it."""

    name: str = ""
    genres: int = 0
    bpm: int | None = None
    key: int | None = None
    scale: str = ""
    description: str = ""
    tags: int = 0
    has_cover: bool = False
    sample_status: str = ""
    ai_declaration: str = ""
    ai_tool: str = ""
    ai_note: str = ""
    ai_rights: bool = False
    licensing_complete: bool = True


@dataclass(frozen=True)
class Missing:
    """One thing that publishing waits for: the form's field and what to do about it."""

    field: str
    sentence: str


def completeness(details: Details) -> int:
    """Percent of the five fields BPM, key, scale, description and tags (three or more) that are filled.

    >>> completeness(Details(bpm=140, key=5, scale="minor"))
    60
    """
    filled = (
        _bpm_is_good(details),
        _key_is_good(details),
        details.scale in SCALES,
        bool(details.description.strip()),
        details.tags >= ENOUGH_TAGS,
    )
    return 20 * sum(filled)


def lacks_only_tags(details: Details) -> bool:
    """Whether tags are all that the five fields lack.

    >>> lacks_only_tags(Details(bpm=140, key=5, scale="minor", description="Slow", tags=2))
    True
    """
    return completeness(details) == 80 and details.tags < ENOUGH_TAGS


def mean_bp(percents: Sequence[int]) -> int | None:
    """An artist's quality: the mean of public beats' completeness in basis points; None without beats.

    >>> mean_bp([100, 60, 80])
    8000
    """
    return (sum(percents) * 200 // len(percents) + 1) // 2 if percents else None


def review_reasons(details: Details) -> tuple[str, ...]:
    """Why a row is marked "needs review", in the words of the list's filter; empty when nothing is.

    >>> review_reasons(Details(genres=1, bpm=90, key=0, scale="major", description="Slow", has_cover=True))
    ('Tags',)
    """
    reasons = {
        "Artwork": details.has_cover,
        "Genres": 1 <= details.genres <= MOST_GENRES,
        "BPM": _bpm_is_good(details),
        "Key": _key_is_good(details),
        "Scale": details.scale in SCALES,
        "Licensing": details.licensing_complete,
        "Description": bool(details.description.strip()),
        "Tags": details.tags >= ENOUGH_TAGS,
    }
    return tuple(reason for reason, is_good in reasons.items() if not is_good)


def missing(details: Details) -> tuple[Missing, ...]:
    """What a beat lacks to be published, in the form's order; empty when it may be.

    >>> missing(Details())[0]
    Missing(field='cover', sentence='Add a cover or choose a generated one.')
    """
    unassisted = details.ai_declaration != "assisted"
    needs = [
        (details.has_cover, "cover", "Add a cover or choose a generated one."),
        (bool(details.name.strip()), "name", "Give the beat a name."),
        (1 <= details.genres <= MOST_GENRES, "genres", f"Choose 1 to {MOST_GENRES} genres."),
        (_bpm_is_good(details), "bpm", f"Enter the BPM, a whole number from {SLOWEST_BPM} to {FASTEST_BPM}."),
        (_key_is_good(details), "key", "Choose the key."),
        (details.scale in SCALES, "scale", "Choose the scale, major or minor."),
        (details.sample_status in SAMPLE_STATUSES, "sample_status", "Say whether the samples are cleared."),
        (
            details.ai_declaration in AI_DECLARATIONS,
            "ai_declaration",
            "Say how the beat was made: human or AI-assisted.",
        ),
        (unassisted or bool(details.ai_tool.strip()), "ai_tool", "Say which AI tool was used."),
        (unassisted or bool(details.ai_note.strip()), "ai_note", "Say how the AI tool was used."),
        (unassisted or details.ai_rights, "ai_rights", "Confirm the commercial rights for the AI tool."),
        (details.licensing_complete, "licensing", "Complete the exclusive offer or choose Standard."),
    ]
    return tuple(Missing(field, sentence) for is_there, field, sentence in needs if not is_there)


def _bpm_is_good(details: Details) -> bool:
    return details.bpm is not None and SLOWEST_BPM <= details.bpm <= FASTEST_BPM


def _key_is_good(details: Details) -> bool:
    return details.key is not None and 0 <= details.key < 12
