"""What needs the artist's members: at most five things, the most valuable first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backline.catalog import queries as catalog
from backline.listening.calendar import reporting
from backline.listening.queries.cases import cases_of_artist
from backline.money import queries as money
from backline.money.queries.newest import payout_state
from backline.people.models import Member
from backline.standing import queries as standing
from backline.web.amounts import money as written
from backline.web.dashboard.queries import Basis
from backline.web.formats import full_day, number

MOST = 5
BROKEN = ("action_needed", "restricted")
"""States of a payout account that somebody has to end."""


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


def needs(basis: Basis, member: Member, *, reminded: bool = False) -> list[Need]:
    """What is worth most first: money that waits, what is broken or has a deadline, what others wait for, the rest.

    Money is for those who may see it; `reminded`: the page already says that it waits for set-up.
    """
    artist_id = basis.artist_id
    sources: list[Callable[[], list[Need]]] = [
        lambda: _payouts(basis, member, reminded=reminded),
        lambda: _failures(artist_id),
        lambda: _appeals(basis),
        lambda: _invitations(artist_id),
        lambda: _copies(artist_id),
        lambda: _reviews(basis.review),
        lambda: _within_reach(basis),
    ]
    found: list[Need] = []
    for source in sources:
        if len(found) < MOST:
            found += source()
    return found[:MOST]


def _payouts(basis: Basis, member: Member, *, reminded: bool) -> list[Need]:
    """What keeps money from going out; that set-up is missing only where the page does not say so already."""
    if not member.sees_money:
        return []
    state = payout_state(member.artist_id)
    if state in BROKEN and (account := money.payout_account(member.artist_id, now=basis.now)):
        return [_about_money("Payouts need you", account.problem)]
    if reminded or state == "active":
        return []
    waiting = money.waiting_minor(member.artist_id)
    if not waiting:
        return []
    sums = " and ".join(written(minor, currency) for currency, minor in waiting.items())
    who = "" if member.role == Member.Role.OWNER else ". An owner sets them up"
    return [
        _about_money(
            f"{sums} waits for payouts to be set up", f"It goes out with the settlement after that{who}"
        )
    ]


def _about_money(title: str, text: str) -> Need:
    return Need(
        icon="landmark", title=title, text=text, address="/dashboard/finances/", action="Finances", lit=True
    )


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


def _appeals(basis: Basis) -> list[Need]:
    return [
        Need(
            icon="triangle-alert",
            title=f"Staff withdrew plays of {case.beat}",
            text=f"You can appeal until {full_day(case.appeal_until.astimezone(reporting().zone).date())}",
            address=f"/backstage/cases/{case.id}/",
            action="Read",
            lit=True,
        )
        for case in cases_of_artist(basis.artist_id, limit=MOST, now=basis.now)
        if case.can_appeal and case.appeal_until
    ]


def _copies(artist_id: int) -> list[Need]:
    return [
        Need(
            icon="copy",
            title=f"{beat.beat_name} sounds like another artist's beat",
            text="It cannot be published until staff has allowed it. Appeal if it is yours",
            address=f"/backstage/beats/{beat.beat_id}/",
            action="Look",
        )
        for beat in catalog.copied_beats(artist_id, limit=MOST)
    ]


def _within_reach(basis: Basis) -> list[Need]:
    near = standing.within_reach(standing.counted(basis.artist_id, now=basis.now))
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
