"""Metrics of what changes: growth, what moved, and what is news."""

from __future__ import annotations

from backline.domain import growth, notable
from backline.domain.metrics.metric import BEATS, COLLECTIONS, DASHBOARD, Metric, Zone

GROWTH_WORDS = (
    ("Building data", f"fewer than {growth.ENOUGH_PLAYS} plays in both periods together"),
    ("Steady, within the usual swing", "a difference smaller than 2 × √ of both periods together"),
    ("Exceptional growth", f"more than {growth.EXCEPTIONAL_PERCENT}% up"),
    ("Strong growth", f"more than {growth.STRONG_PERCENT}% up"),
    ("Growing steadily", "up"),
    ("Slight decline", f"less than {-growth.DECLINE_PERCENT}% down"),
    ("Needs attention", f"{-growth.DECLINE_PERCENT}% down or more"),
)

CHANGE = (
    Metric(
        "growth",
        "Growth",
        "%",
        Zone.REPORTING,
        (
            f"Plays of the last {growth.DAYS} complete days minus those of the {growth.DAYS} before,"
            " divided by the larger of the two. Today is left out.",
        ),
        (DASHBOARD, BEATS, COLLECTIONS),
        GROWTH_WORDS,
    ),
    Metric(
        "moved-most",
        "Moved most",
        "plays",
        Zone.REPORTING,
        (
            f"The beat whose plays of the last {growth.DAYS} complete days differ most from the {growth.DAYS} before,"
            " up or down.",
        ),
        (DASHBOARD,),
    ),
    Metric(
        "news",
        "Since yesterday",
        "",
        Zone.REPORTING,
        ("What happened since yesterday's reporting day began, as far as it stands out.",),
        (DASHBOARD,),
        (
            (
                "Milestone",
                f"Plays of all time passed {', '.join(f'{mark:,}' for mark in notable.MILESTONES)}.",
            ),
            (
                "Spike",
                f"At least {notable.SPIKE_TIMES} times the mean of the {notable.USUAL_DAYS} days before"
                f" and {notable.SWING_MIN_PLAYS} plays more.",
            ),
            (
                "Sudden drop",
                f"At most a third of that mean and {notable.SWING_MIN_PLAYS} plays fewer.",
            ),
            (
                "Unusually many rejected",
                f"At least {notable.REJECTED_MIN} rejected listens, and more than {notable.REJECTED_TIMES} times"
                f" the share of the {notable.USUAL_DAYS} days before.",
            ),
            ("First play from a country", "No earlier play of the artist came from it."),
        ),
    ),
)
