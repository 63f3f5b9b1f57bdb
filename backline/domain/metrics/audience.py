"""Metrics of who plays, from where and when."""

from __future__ import annotations

from backline.domain.folding import LEAST
from backline.domain.metrics.metric import INSIGHTS, Metric, Zone

AUDIENCE = (
    Metric(
        "places",
        "Countries, devices and sources",
        "plays",
        Zone.REPORTING,
        (
            "Plays by country (from the network address, which is not kept), by device, system and browser (from what"
            " the browser says of itself), and by the page on which they began.",
            f"Countries, systems, browsers and hosts with fewer than {LEAST} plays are one row; were it a single one,"
            " the next smallest joins it. Rows always add up to all plays.",
        ),
        (INSIGHTS,),
    ),
    Metric(
        "newcomers",
        "New and returning accounts",
        "accounts",
        Zone.REPORTING,
        (
            "Accounts with a play in the period: returning are those with a play before it, new all others.",
            "Signed-out visitors are left out: another day they would count again.",
        ),
        (INSIGHTS,),
    ),
    Metric(
        "top-listeners",
        "Top listeners",
        "plays",
        Zone.REPORTING,
        (
            "Plays by account over the whole months that the period touches, once all their days are closed.",
            "Of each month the 50 accounts with most plays are known. Only those are named who show themselves to"
            " producers; all other accounts are one row, signed-out visitors another.",
        ),
        (INSIGHTS,),
    ),
    Metric(
        "week-hours",
        "Weekday and hour",
        "plays",
        Zone.REPORTING,
        ("Plays by the weekday and hour in which they began.",),
        (INSIGHTS,),
    ),
)
