"""Who belongs to an artist: invited by an owner, in by their own yes, out by their own wish or an owner's.

Becoming an owner needs both sides. An artist never loses its last owner.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from backline.core import locks
from backline.outbox.actions import notify, queue_mail, record_audit
from backline.people.models import Account, Artist, Invitation, Member

INVITATION_LASTS = timedelta(days=14)
MOST_OPEN_INVITATIONS = 20


class NotPossible(Exception):
    """What was asked for cannot be done now; the text says why."""


def invite_member(artist: Artist, *, email: str, role: str, by: Account, now: datetime) -> Invitation:
    """Sends a link that makes the account with this address a member. A new one takes the place of an open one.

    Raises:
        NotPossible: a member has this address, or too many invitations are open.
    """
    email, text = email.strip().lower(), secrets.token_urlsafe(24)
    with transaction.atomic():
        alone(artist.pk)
        if Member.objects.filter(artist=artist, account__email__iexact=email).exists():
            raise NotPossible(f"{email} is a member already. Change the role in the list instead.")
        open_ones = Invitation.objects.filter(artist=artist, ended_at=None)
        open_ones.filter(email=email).update(ended_at=now)
        if open_ones.filter(expires_at__gt=now).count() >= MOST_OPEN_INVITATIONS:
            raise NotPossible("Twenty invitations are open. Withdraw one first.")
        invitation = Invitation.objects.create(
            artist=artist, email=email, role=Member.Role(role), digest=digest_of(text), invited_by=by, at=now,
            expires_at=now + INVITATION_LASTS,
        )  # fmt: skip
        _mail(invitation, by, text, now)
        _note(artist, by, "invited", f"{email} as {role}", now)
    return invitation


def withdraw_invitation(invitation: Invitation, *, by: Account, now: datetime) -> bool:
    """The link stops working. Says whether it still did."""
    with transaction.atomic():
        ended = Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=now)
        if ended:
            _note(invitation.artist, by, "withdrew the invitation of", invitation.email, now)
    return bool(ended)


def accept_invitation(invitation: Invitation, *, account: Account, now: datetime) -> Member:
    """Makes the account a member. Accepting again changes nothing.

    Raises:
        NotPossible: used, withdrawn, expired, or for another address.
    """
    with transaction.atomic():
        alone(invitation.artist_id)
        invitation.refresh_from_db()
        known = EmailAddress.objects.filter(user=account, email__iexact=invitation.email, verified=True)
        if not known.exists():
            raise NotPossible(f"This invitation is for {invitation.email}. Sign in with that address.")
        joined = Member.objects.filter(artist=invitation.artist, account=account).first()
        if joined and invitation.accepted_by_id == account.pk:
            return joined
        if invitation.ended_at is not None or invitation.expires_at <= now:
            raise NotPossible("This invitation has been used, withdrawn, or has expired. Ask for a new one.")
        invitation.ended_at, invitation.accepted_by = now, account
        invitation.save(update_fields=["ended_at", "accepted_by"])
        if joined:
            return joined
        _note(invitation.artist, account, "joined", f"as {invitation.role}", now)
        return Member.objects.create(
            artist=invitation.artist, account=account, role=invitation.role, joined_at=now
        )


def change_role(member: Member, *, role: str, by: Account, now: datetime) -> Member:
    """Gives a member another role; to make an owner, `offer_ownership`.

    Raises:
        NotPossible: the last owner, the role is owner, or somebody removed the member meanwhile.
    """
    if role == Member.Role.OWNER:
        raise NotPossible("Becoming an owner needs the member's own yes: offer it instead.")
    with transaction.atomic():
        _as_it_is(member)
        _demand_another_owner(member)
        before, member.role = member.role, Member.Role(role)
        member.offered_at = member.offered_by = None
        member.save(update_fields=["role", "offered_at", "offered_by"])
        if before != member.role:
            end_invitations(Invitation.objects.filter(artist=member.artist, invited_by=member.account), now)
            who = str(member.account)
            _note(member.artist, by, "changed the role of", f"{who}: {before} to {role}", now)
    return member


def remove_member(member: Member, *, by: Account, now: datetime) -> None:
    """Ends a membership: an owner's wish, or the member's own.

    Raises:
        NotPossible: the last owner.
    """
    with transaction.atomic():
        alone(member.artist_id)
        if not Member.objects.filter(pk=member.pk).exists():
            return
        member.refresh_from_db()
        _demand_another_owner(member)
        who = str(member.account)
        left = member.account_id == by.pk
        _note(member.artist, by, "left" if left else "removed", "" if left else who, now)
        end_invitations(Invitation.objects.filter(artist=member.artist, invited_by=member.account), now)
        member.delete()


def offer_ownership(member: Member, *, by: Account, now: datetime) -> Member:
    """An owner's half of making somebody an owner. Offering again changes nothing.

    Raises:
        NotPossible: somebody removed the member meanwhile.
    """
    with transaction.atomic():
        _as_it_is(member)
        if member.role != Member.Role.OWNER and member.offered_by_id != by.pk:
            member.offered_at, member.offered_by = now, by
            member.save(update_fields=["offered_at", "offered_by"])
            text = f"{by} offers you to become an owner of {member.artist.name}."
            where = f"/backstage/members/?artist={member.artist.handle}"
            key = f"ownership:{member.pk}:{now.timestamp()}"
            notify("ownership", account_ids=[member.account_id], now=now, text=text, url=where, key=key)
            who = str(member.account)
            _note(member.artist, by, "offered ownership to", who, now)
    return member


def answer_ownership(member: Member, *, accepted: bool, now: datetime) -> Member:
    """The member's half.

    Raises:
        NotPossible: nothing was offered, who offered it is no owner any more, or the member was removed meanwhile.
    """
    with transaction.atomic():
        _as_it_is(member)
        offering = Member.objects.filter(
            artist=member.artist, account=member.offered_by, role=Member.Role.OWNER
        )
        if member.offered_at is None or not offering.exists():
            raise NotPossible("This offer does not stand any more.")
        member.role = Member.Role.OWNER if accepted else member.role
        member.offered_at = member.offered_by = None
        member.save(update_fields=["role", "offered_at", "offered_by"])
        said = "became an owner" if accepted else "declined to become an owner"
        _note(member.artist, member.account, said, "", now)
    return member


def digest_of(text: str) -> str:
    """How the secret of an invitation is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def alone(artist_id: int) -> None:
    """One change of an artist's members at a time: two owners who leave at once would leave none."""
    locks.hold(f"members:{artist_id}")


def end_invitations(sent: QuerySet[Invitation], now: datetime) -> None:
    """Their links stop working, with the right of those who sent them."""
    sent.filter(ended_at=None).update(ended_at=now)


def _as_it_is(member: Member) -> None:
    """Reads the member anew, and holds the artist's members."""
    alone(member.artist_id)
    try:
        member.refresh_from_db()
    except Member.DoesNotExist as gone:
        raise NotPossible("This member was removed meanwhile.") from gone


def _demand_another_owner(member: Member) -> None:
    if member.role != Member.Role.OWNER:
        return
    others = Member.objects.filter(artist=member.artist, role=Member.Role.OWNER).exclude(pk=member.pk)
    if not others.exists():
        raise NotPossible(f"{member.artist.name} needs an owner. Make somebody else one first.")


def _mail(invitation: Invitation, by: Account, text: str, now: datetime) -> None:
    artist = invitation.artist.name
    link = f"{settings.PUBLIC_URL}/backstage/members/join/{invitation.pk}/{text}/"
    body = (
        f"{by} invites you to be {invitation.get_role_display().lower()} of {artist}.\n\n"
        f"{link}\n\nSign in, or make an account, with this address: {invitation.email}. "
        f"The link works for {INVITATION_LASTS.days} days, once.\n"
    )
    queue_mail(to=invitation.email, subject=f"You are invited to {artist}", body=body, now=now)


def _note(artist: Artist, by: Account, verb: str, what: str, now: datetime) -> None:
    record_audit(f"{verb} {what}".strip(), artist_id=artist.pk, account_id=by.pk, topic="members", now=now)
