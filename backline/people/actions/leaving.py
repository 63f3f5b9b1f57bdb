"""Closing a profile, and deleting an account: the person goes, the totals and the money's books stay."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from backline.core import files, locks
from backline.outbox.actions import record_audit, take_addresses_out
from backline.outbox.models import ChannelChoice, Mail, Notification
from backline.people.actions.members import NotPossible, alone, end_invitations
from backline.people.models import Account, Artist, Attachment, Enclosure, Invitation, Member


def close_artist(artist: Artist, *, by: Account, now: datetime) -> None:
    """Takes a profile out of public view for good, with its text, links and pictures; credits keep its name.

    Open invitations to it stop working.

    What its money stands at is for the caller to look at first.
    """
    with transaction.atomic():
        alone(artist.pk)
        artist.refresh_from_db(fields=["avatar_key", "banner_key"])
        pictures = (artist.avatar_key, artist.banner_key, *artist.photos.values_list("key", flat=True))
        artist.photos.all().delete()
        artist.links.all().delete()
        record_audit("closed the profile", account_id=by.pk, artist_id=artist.pk, topic="members", now=now)
        Artist.objects.filter(pk=artist.pk).update(
            revoked_at=now, can_upload=False, bio="", city="", country="", avatar_key="", banner_key="",
            banner_alt="",
        )  # fmt: skip
        Member.objects.filter(artist=artist).delete()
        end_invitations(Invitation.objects.filter(artist=artist), now)
        _forget([key for key in pictures if key])


def delete_account(account: Account, *, now: datetime) -> None:
    """Makes the account nobody's: it cannot sign in, and nothing on it says who it was.

    Invoices, licences and sales keep their row, as the law asks, with the name gone; likes, follows and plays stay
    as numbers, and the audit log without the address. Letters, applications, notifications, tokens, passkeys, links to
    a provider and sessions are deleted.

    Raises:
        NotPossible: it is the last owner of a profile, or of staff.
    """
    with transaction.atomic():
        locks.hold(f"account:{account.pk}")
        account.refresh_from_db()
        if account.deleted_at is not None:
            return
        for artist_id in sorted(account.memberships.values_list("artist_id", flat=True)):
            alone(artist_id)
        _demand_free(account)
        end_invitations(Invitation.objects.filter(invited_by=account), now)
        folders = _folders(account)
        _delete_rows(account)
        account.email, account.name, account.zone = f"deleted-{account.pk}@example.invalid", "", "UTC"
        account.is_active, account.show_to_producers, account.deleted_at = False, False, now
        account.set_unusable_password()
        account.save()
        record_audit("deleted the account", account_id=account.pk, topic="account", now=now)
        _forget(folders)


def _demand_free(account: Account) -> None:
    if account.is_staff:
        raise NotPossible(
            "This account is of the platform's staff. Another of staff must take that away first."
        )
    for mine in Member.objects.filter(account=account, role=Member.Role.OWNER).select_related("artist"):
        others = Member.objects.filter(artist=mine.artist, role=Member.Role.OWNER).exclude(pk=mine.pk)
        if not others.exists():
            raise NotPossible(
                f"You are the only owner of {mine.artist.name}. Make another owner, or close it first."
            )


def _folders(account: Account) -> list[str]:
    sent = [*Attachment.objects.filter(application__account=account)]
    enclosed = [*Enclosure.objects.filter(letter__ticket__account=account)]
    return [file.folder for file in (*sent, *enclosed)]


def _delete_rows(account: Account) -> None:
    addresses = {account.email, *EmailAddress.objects.filter(user=account).values_list("email", flat=True)}
    take_addresses_out(addresses)
    Mail.objects.filter(to__in=addresses).delete()
    Invitation.objects.filter(email__in=addresses).delete()
    sessions = UserSession.objects.filter(user=account)
    Session.objects.filter(session_key__in=sessions.values_list("session_key", flat=True)).delete()
    for model in (UserSession, Authenticator, SocialAccount, EmailAddress):
        model.objects.filter(user=account).delete()
    for told in (Notification, ChannelChoice):
        told._default_manager.filter(account=account).delete()
    for rows in (account.memberships, account.tokens, account.applications, account.tickets):
        rows.all().delete()


def _forget(folders: list[str]) -> None:
    for folder in folders:
        transaction.on_commit(partial(files.remove_folder, folder))
