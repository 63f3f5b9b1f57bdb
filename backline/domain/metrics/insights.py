"""Metrics of how a beat is heard."""

from __future__ import annotations

from backline.domain.engagement import LEAST_MS, POPULATION, WEIGHTS
from backline.domain.engagement_levels import BUCKETS
from backline.domain.first_days import DAYS, OTHERS
from backline.domain.metrics.metric import INSIGHTS, Metric, Zone
from backline.domain.verdict_texts import explain
from backline.domain.verdicts import COMPLETED_HEARD_BP, COMPLETED_REACH_BP, Verdict

HEARD = (
    "Final listens of at least"
    f" {LEAST_MS // 1000} second that are"
    f" {' or '.join(explain(verdict).title.lower() for verdict in Verdict if verdict in POPULATION)}."
)

INSIGHT = (
    Metric(
        "heard",
        "Listens of engagement",
        "listens",
        Zone.REPORTING,
        (HEARD,),
        (INSIGHTS,),
    ),
    Metric(
        "completion",
        "Completion",
        "%",
        Zone.REPORTING,
        (
            HEARD,
            "How far a listen got into the beat: its furthest second divided by the length; the mean of all.",
        ),
        (INSIGHTS,),
    ),
    Metric(
        "completed",
        "Completed listens",
        "listens",
        Zone.REPORTING,
        (
            HEARD,
            f"Completed is what got beyond {COMPLETED_REACH_BP // 100}% of the beat and heard at least"
            f" {COMPLETED_HEARD_BP // 100}% of it.",
        ),
        (INSIGHTS,),
    ),
    Metric(
        "engagement",
        "Engagement score",
        "of 100",
        Zone.REPORTING,
        (HEARD, "The weighted mean of how far they got."),
        (INSIGHTS,),
        tuple((name, f"weighs {weight}") for (name, _), weight in zip(BUCKETS, WEIGHTS, strict=True)),
    ),
    Metric(
        "retention",
        "Retention",
        "%",
        Zone.REPORTING,
        (
            HEARD,
            "For each second of the beat: the share of them that heard it. It may rise where people replay.",
        ),
        (INSIGHTS,),
    ),
    Metric(
        "impressions",
        "Impressions",
        "impressions",
        Zone.REPORTING,
        ("How often the beat was shown in a list on a page: once for each view of the page.",),
        (INSIGHTS,),
    ),
    Metric(
        "completed-plays",
        "Completed plays",
        "plays",
        Zone.REPORTING,
        (
            f"Plays that got beyond {COMPLETED_REACH_BP // 100}% of the beat and heard at least"
            f" {COMPLETED_HEARD_BP // 100}% of it.",
            "Completed listens of the engagement overview also has repeated and short listens.",
        ),
        (INSIGHTS,),
    ),
    Metric(
        "duration",
        "Listen duration",
        "minutes",
        Zone.REPORTING,
        (HEARD, "Different seconds heard; what is played twice counts once. The mean of all."),
        (INSIGHTS,),
    ),
    Metric(
        "first-days",
        "First 7 days",
        "plays",
        Zone.REPORTING,
        (
            f"Plays added up over the first {DAYS} reporting days, the day it came out being the first.",
            f"They are compared with the last {OTHERS} other beats of the artist at the same age: their median, and"
            " the place among them.",
        ),
        (INSIGHTS,),
    ),
)
