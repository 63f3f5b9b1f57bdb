"""Words for how a beat is heard: a badge for the whole, a level for completion, a name for the score."""

from __future__ import annotations

from dataclasses import dataclass

HIGH_BP, GOOD_BP, MODERATE_BP = 8_000, 6_000, 4_000
SCORES = ((80, "Excellent"), (60, "Good"), (40, "Fair"), (20, "Needs work"))
BUCKETS = (
    ("Completed", "over 80%"),
    ("Mostly", "60 to 80%"),
    ("Half", "40 to 60%"),
    ("Partial", "20 to 40%"),
    ("Skipped", "under 20%"),
)
COLOURS = (7_000, 4_000)


@dataclass(frozen=True)
class Level:
    """A level of completion and what it asks for next."""

    name: str
    hint: str


_LEVELS = (
    (8_000, Level("Excellent", "Listeners stay nearly to the end.")),
    (6_000, Level("Good", "Over 80% is excellent.")),
    (4_000, Level("Fair", "Look where the curve falls: 60% is good.")),
    (0, Level("Poor", "Most leave early: the first seconds decide.")),
)


def badge(*, reach_bp: int, share_bp: int) -> str:
    """How engaged listeners are, by average completion and average share heard.

    >>> badge(reach_bp=8_000, share_bp=8_000), badge(reach_bp=9_000, share_bp=7_000)
    ('High', 'Good')
    >>> badge(reach_bp=4_000, share_bp=100), badge(reach_bp=3_999, share_bp=3_999)
    ('Moderate', 'Low')
    """
    if reach_bp >= HIGH_BP and share_bp >= HIGH_BP:
        return "High"
    if reach_bp >= GOOD_BP and share_bp >= GOOD_BP:
        return "Good"
    return "Moderate" if reach_bp >= MODERATE_BP or share_bp >= MODERATE_BP else "Low"


def completion_level(reach_bp: int) -> Level:
    """The level of an average completion.

    >>> [completion_level(bp).name for bp in (8_000, 7_999, 4_000, 3_999)]
    ['Excellent', 'Good', 'Fair', 'Poor']
    """
    return next(level for least, level in _LEVELS if reach_bp >= least)


def score_name(score: int) -> str:
    """The name of an engagement score.

    >>> score_name(77), score_name(19)
    ('Good', 'Poor')
    """
    return next((name for least, name in SCORES if score >= least), "Poor")


def colour(reach_bp: int) -> int:
    """The colour of a day's bar by its completion: 3 from 70 %, 2 from 40 %, else 1.

    >>> [colour(bp) for bp in (7_000, 6_999, 4_000, 3_999)]
    [3, 2, 2, 1]
    """
    return 3 if reach_bp >= COLOURS[0] else 2 if reach_bp >= COLOURS[1] else 1
