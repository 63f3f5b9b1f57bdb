"""Metrics of listens and of who listens."""

from __future__ import annotations

from backline.domain import verdicts
from backline.domain.metrics.metric import (
    ACTIVITY,
    BEATS,
    COLLECTIONS,
    DASHBOARD,
    INSIGHTS,
    RECEIPTS,
    Metric,
    Zone,
)
from backline.domain.periods import LIVE_HOURS, LIVE_MINUTES
from backline.domain.verdict_texts import explanations, what_counts

RULE = f"Rule set {verdicts.RULES_VERSION}"
ORDER = "The rules are tried in this order; the first that matches decides."
CREDITED = "A beat counts fully for every artist credited on it, from the day the credit was accepted."

LISTENING = (
    Metric(
        "plays",
        "Plays",
        "plays",
        Zone.REPORTING,
        (what_counts(), CREDITED, ORDER),
        (DASHBOARD, ACTIVITY, BEATS, COLLECTIONS, RECEIPTS, INSIGHTS),
        tuple((each.title, each.text) for each in explanations()),
        RULE,
    ),
    Metric(
        "received",
        "Received listens",
        "listens",
        Zone.REPORTING,
        (
            "Every listen that became final: the beat ended or changed, the page was left, or nothing was heard for"
            " ten minutes.",
            "Received = counted + rejected, for every beat and every day; each rejection has one reason.",
        ),
        (ACTIVITY, RECEIPTS, INSIGHTS),
        rule=RULE,
    ),
    Metric(
        "listeners",
        "Listeners",
        "accounts",
        Zone.REPORTING,
        (
            "Different accounts with a play in the period, exact over any range of days.",
            "Signed-out visits stand beside: a visitor counts once a day, and again on another day.",
            "Days that were merged into months are counted as whole months.",
        ),
        (ACTIVITY, INSIGHTS),
    ),
    Metric(
        "likes",
        "Likes",
        "likes",
        Zone.REPORTING,
        ("Likes given in the period, less those taken back. One account likes a beat once.",),
        (ACTIVITY, INSIGHTS),
    ),
    Metric(
        "followers",
        "Followers",
        "accounts",
        Zone.REPORTING,
        ("Accounts that follow the artist now. New followers are those that began in the period.",),
        (DASHBOARD, ACTIVITY),
    ),
    Metric(
        "open-listens",
        "Open now",
        "listens",
        Zone.NONE,
        ("Listens that report and are not final yet. Whether they count is decided when they are.",),
        (ACTIVITY,),
    ),
    Metric(
        "live-plays",
        f"Counted, last {LIVE_MINUTES} min",
        "plays",
        Zone.NONE,
        (
            f"Listens that became final in the last {LIVE_MINUTES} minutes and count as plays.",
            f"Beside it stand the plays of the last {LIVE_HOURS} hours by hour.",
        ),
        (ACTIVITY,),
        rule=RULE,
    ),
)
