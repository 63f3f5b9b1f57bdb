"""Writes about people: artists, members, tokens, the first staff account."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from backline.core import locks
from backline.domain.likeness import likeness
from backline.domain.names import handle_problem
from backline.people.models import Account, Artist, FormerHandle, Member, Token

TOKEN_PREFIX = "bl_"


class HandleTaken(Exception):
    """The wanted handle belongs to another artist."""


class StaffExists(Exception):
    """The installation already has a staff account."""


def create_account(
    email: str, *, name: str, password: str | None, now: datetime, zone: str = "UTC", is_staff: bool = False
) -> Account:
    """An account whose address counts as verified: for operators, imports and tests, not for sign-up.

    Without a password nobody can sign in to it until one is set through a reset.

    Raises:
        IntegrityError: the address is in use.
    """
    with transaction.atomic():
        account = Account.objects.create_user(
            email, password, name=name, zone=zone, is_staff=is_staff, is_superuser=is_staff, joined_at=now
        )
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def create_first_staff(email: str, *, name: str, password: str, now: datetime, zone: str = "UTC") -> Account:
    """The staff account of a new installation.

    Raises:
        StaffExists: somebody was first.
    """
    with transaction.atomic():
        if Account.objects.filter(is_staff=True).exists():
            raise StaffExists
        return create_account(email, name=name, password=password, now=now, zone=zone, is_staff=True)


def hold_names() -> None:
    """Nobody else changes an artist's name or address until the transaction ends: of two, one sees the other."""
    locks.hold("names of artists")


def create_artist(account: Account, *, name: str, handle: str, now: datetime) -> Artist:
    """An artist profile with `account` as its owner.

    Raises:
        ValueError: the handle has a wrong form, said in a sentence.
        HandleTaken: the handle is in use, or was an artist's before, in any case of letters.
    """
    with transaction.atomic():
        artist = add_artist(name=name, handle=handle, now=now)
        Member.objects.create(artist=artist, account=account, role=Member.Role.OWNER, joined_at=now)
    return artist


def add_artist(*, name: str, handle: str, now: datetime) -> Artist:
    """An artist profile without members: it may be claimed, and what it earns is kept until then.

    Raises:
        ValueError, HandleTaken: see `create_artist`.
    """
    if problem := handle_problem(handle):
        raise ValueError(problem)
    try:
        with transaction.atomic():
            hold_names()
            if FormerHandle.objects.filter(handle=handle.lower()).exists():
                raise HandleTaken(handle)
            return Artist.objects.create(name=name, likeness=likeness(name), handle=handle, created_at=now)
    except IntegrityError as error:
        raise HandleTaken(handle) from error


def add_member(artist: Artist, *, account: Account, role: str, now: datetime) -> Member:
    """Makes `account` a member, or changes the role it has."""
    member, _ = Member.objects.update_or_create(
        artist=artist,
        account=account,
        defaults={"role": role},
        create_defaults={"role": role, "joined_at": now},
    )
    return member


def issue_token(
    account: Account,
    *,
    name: str,
    scopes: Iterable[str],
    now: datetime,
    artists: Iterable[Artist] = (),
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """A new token and its text, which is not kept and cannot be shown again."""
    text = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = Token.objects.create(
            account=account,
            name=name,
            digest=token_digest(text),
            scopes=list(scopes),
            created_at=now,
            expires_at=expires_at,
        )
        token.artists.set(artists)
    return token, text


def token_digest(text: str) -> str:
    """How a token is kept: SHA-256 in hexadecimal. Tokens have 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(text.encode()).hexdigest()


def set_zone(account: Account, *, zone: str) -> None:
    """The account's own time zone, used for greetings, timestamps and the upload calendar."""
    Account.objects.filter(pk=account.pk).update(zone=zone)
