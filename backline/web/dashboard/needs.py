"""What needs the artist's members: at most five things, the most valuable first."""

from __future__ import annotations

from dataclasses import dataclass

from backline.catalog import queries as catalog
from backline.standing import queries as standing
from backline.web.dashboard.queries import Basis
from backline.web.formats import number

MOST = 5


@dataclass(frozen=True)
class Need:
    """One thing to do. `credit_id` is set for an invitation, which is answered on the spot."""

    icon: str
    title: str
    text: str
    address: str
    action: str
    lit: bool = False
    credit_id: int | None = None


def needs(basis: Basis) -> list[Need]:
    """Failed processing, invitations to be credited, beats to complete, an achievement within reach, in this order."""
    found = [*_failures(basis.artist_id), *_invitations(basis.artist_id), *_reviews(basis.review)]
    return (found if len(found) >= MOST else [*found, *_within_reach(basis)])[:MOST]


def _failures(artist_id: int) -> list[Need]:
    return [
        Need(
            icon="circle-alert",
            title=f"{step.beat_name} could not be processed",
            text=f"{step.label}: {step.reason or 'no reason was given'}",
            address=f"/backstage/beats/{step.beat_id}/",
            action="Open",
            lit=True,
        )
        for step in catalog.failed_steps(artist_id, limit=MOST)
    ]


def _invitations(artist_id: int) -> list[Need]:
    return [
        Need(
            icon="user-plus",
            title=f"{invitation.beat_name} waits for your yes",
            text=f"{invitation.from_name} names you on it. You count from the day you accept",
            address=f"/@{invitation.from_handle}/",
            action="Accept",
            credit_id=invitation.credit_id,
        )
        for invitation in catalog.open_invitations(artist_id, limit=MOST)
    ]


def _within_reach(basis: Basis) -> list[Need]:
    near = standing.within_reach(basis.artist_id, now=basis.now)
    if near is None:
        return []
    name, gain = near.achievement.name, number(near.achievement.xp)
    return [
        Need(
            icon="award",
            title=f"{name} is within reach",
            text=f"{near.achievement.how}: {near.outlook.text}. It brings {gain} XP",
            address="/dashboard/progress/#achievements",
            action="Look",
        )
    ]


def _reviews(review: catalog.Review | None) -> list[Need]:
    if review is None:
        return []
    return [
        Need(
            icon="tag",
            title=f"{review.beat_name} can be completed"
            if review.count == 1
            else f"{review.count} beats can be completed",
            text="Tempo, key, tags or a description are missing",
            address=f"/backstage/beats/{review.beat_id}/",
            action="Review",
        )
    ]
