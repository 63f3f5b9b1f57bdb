"""Metrics of downloads and licences."""

from __future__ import annotations

from backline.domain import verdicts
from backline.domain.metrics.listening import RULE
from backline.domain.metrics.metric import ACTIVITY, BEATS, DASHBOARD, INSIGHTS, Metric, Zone
from backline.domain.verdict_texts import explain
from backline.domain.verdicts import Verdict

AGAIN_HOURS = verdicts.DOWNLOAD_AGAIN_MS // 3_600_000
REJECTED = (Verdict.UNAVAILABLE, Verdict.OWN_TEAM, Verdict.STAFF, Verdict.WITHDRAWN)

DOWNLOADS = (
    Metric(
        "downloads",
        "Downloads",
        "downloads",
        Zone.REPORTING,
        (
            "A download is one authorised delivery of a beat's file: all checks passed and the first byte was sent.",
            f"The same account counts once per beat in {AGAIN_HOURS} hours; further ranges of a delivery add nothing.",
            "One licence may have many downloads.",
        ),
        (DASHBOARD, ACTIVITY, BEATS, INSIGHTS),
        tuple((explain(verdict).title, explain(verdict).text) for verdict in REJECTED),
        RULE,
    ),
    Metric(
        "download-accounts",
        "Unique Users",
        "accounts",
        Zone.REPORTING,
        (
            "Different accounts with a counted download in the period. Somebody who downloads on ten days is one.",
        ),
        (ACTIVITY,),
    ),
    Metric(
        "this-week",
        "This Week",
        "downloads",
        Zone.REPORTING,
        ("Counted downloads from Monday until now, against the same days of the week before.",),
        (ACTIVITY,),
    ),
    Metric(
        "top-track",
        "Top Track",
        "downloads",
        Zone.REPORTING,
        (
            "The beat with the most counted downloads of the period, and its lead over the next. A tie is said.",
        ),
        (ACTIVITY,),
    ),
    Metric(
        "licences",
        "Licences issued",
        "licences",
        Zone.REPORTING,
        ("Licences issued in the period, less those revoked in it.",),
        (ACTIVITY, INSIGHTS),
    ),
)
