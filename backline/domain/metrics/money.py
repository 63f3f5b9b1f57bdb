"""Metrics of money: pool points, shares, and what becomes of an artist's sum."""

from __future__ import annotations

from backline.domain.contribution import ContributionRule
from backline.domain.contribution_texts import pool_texts
from backline.domain.metrics.metric import ACTIVITY, BEATS, FINANCES, LEADERBOARDS, REWARDS, Metric, Zone
from backline.domain.payable import MINIMUM_UNITS, UNRECOVERABLE_DAYS

CLOSE = "A reporting day closes 72 hours after it ended; its figures are fixed then."
ONE_CURRENCY = "No sum adds two currencies."


def money_metrics(rule: ContributionRule) -> tuple[Metric, ...]:
    """They, under what is set for pool points."""
    return (
        Metric(
            "pool-points",
            "Pool points",
            "pool points",
            Zone.REPORTING,
            ("What a beat weighs in the pool on a day, at the day's close.", CLOSE),
            (ACTIVITY, BEATS, REWARDS),
            tuple(pool_texts(rule)),
            "The rule in force",
        ),
        Metric(
            "platform-share",
            "Platform Share",
            "%",
            Zone.REPORTING,
            ("The artist's own pool points divided by everybody's, on the last closed day.", CLOSE),
            (ACTIVITY, LEADERBOARDS, REWARDS),
            tuple(pool_texts(rule)),
            "The rule in force",
        ),
        *_FINANCES,
    )


_FINANCES = (
    Metric(
        "balance",
        "Balance",
        "money",
        Zone.REPORTING,
        (
            "What is the artist's and not on its way: held until payouts are set up, below the minimum, in the holding"
            " days of a sale, available, or returned by the bank.",
            ONE_CURRENCY,
        ),
        (FINANCES,),
    ),
    Metric(
        "upcoming",
        "Upcoming",
        "money",
        Zone.REPORTING,
        (
            "What is queued for the next transfer.",
            "Under it an estimate: what the closed days of the open month accrued, corrections included."
            " Under a rule that divides the whole month at once there is none before the month is over.",
            ONE_CURRENCY,
        ),
        (FINANCES,),
    ),
    Metric(
        "in-transit",
        "In Transit",
        "money",
        Zone.REPORTING,
        (
            "What is being sent, is in the artist's own Stripe balance, or is in a payout to the bank.",
            ONE_CURRENCY,
        ),
        (FINANCES,),
    ),
    Metric(
        "lifetime",
        "Lifetime",
        "money",
        Zone.REPORTING,
        ("What arrived at the artist's bank, less what was taken back of it.", ONE_CURRENCY),
        (FINANCES,),
    ),
    Metric(
        "earnings",
        "Earnings per month",
        "money",
        Zone.REPORTING,
        (
            "Subscriptions by the month they were paid for, direct sales by the month of the sale, less refunds.",
            "The subscriptions of the open month are what it accrued so far, an estimate.",
            ONE_CURRENCY,
        ),
        (FINANCES,),
    ),
    Metric(
        "held",
        "Held",
        "money",
        Zone.REPORTING,
        (
            "What settlements kept because payouts were not set up, and the artist's part of direct sales until"
            " their holding days are over.",
            ONE_CURRENCY,
        ),
        (FINANCES,),
    ),
    Metric(
        "carried",
        "Carried forward",
        "money",
        Zone.REPORTING,
        (
            f"A settled sum below the minimum ({MINIMUM_UNITS} whole units of its currency unless set otherwise) goes"
            " into the next statement.",
            f"A sum below zero is carried as well, and written off after {UNRECOVERABLE_DAYS} days.",
            ONE_CURRENCY,
        ),
        (FINANCES,),
    ),
    Metric(
        "statement",
        "Statement",
        "money",
        Zone.REPORTING,
        (
            "One for each artist, month and currency: the days' shares are kept in millionths and rounded once,"
            " for the whole month.",
        ),
        (FINANCES,),
        (
            (
                "How it adds up",
                "Earned + bonus + carried in + released + written off ="
                " payable + held + carried forward + excluded.",
            ),
        ),
    ),
)
