"""Reads about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from backline.core import sql
from backline.people.actions import token_digest
from backline.people.actions.members import digest_of
from backline.people.models import (
    Account,
    Artist,
    Attachment,
    Enclosure,
    Invitation,
    Member,
    Photo,
    Token,
)

_MEMBER = ("id", "artist_id", "account_id", "role", "joined_at")
_ARTIST = (
    *("id", "handle", "name", "bio", "city", "country", "avatar_key", "banner_key", "banner_alt"),
    *("can_upload", "verified_at", "revoked_at", "created_at"),
)
# Every page of the backstage begins with it: see core/sql.py for why it is not built by the ORM.
_MEMBERSHIPS = f"""
SELECT {", ".join(f"member.{name}" for name in _MEMBER)}, {", ".join(f"artist.{name}" for name in _ARTIST)}
FROM people_member member JOIN people_artist artist ON artist.id = member.artist_id
WHERE member.account_id = %s ORDER BY artist.name, member.id
"""


def memberships(account: Account) -> list[Member]:
    """The account's memberships with their artists, by artist name. One query."""
    found = [_member(row) for row in sql.rows(_MEMBERSHIPS, account.pk)]
    for member in found:
        member.account = account
    return found


def membership(account: Account, handle: str) -> Member | None:
    """The account's membership in the artist with this handle (any case), or None."""
    return (
        Member.objects.filter(account=account, artist__handle__iexact=handle).select_related("artist").first()
    )


def artist_by_handle(handle: str) -> Artist | None:
    """The not revoked artist that has this handle, or had it, in any case; None for nobody."""
    standing = Artist.objects.filter(revoked_at__isnull=True)
    present = standing.filter(handle__iexact=handle).first()
    return present or standing.filter(former_handles__handle=handle.lower()).first()


def photo_of(artist_id: int, photo_id: int) -> Photo | None:
    """One photo of the artist's gallery. One query."""
    return Photo.objects.filter(pk=photo_id, artist_id=artist_id).first()


def known_folders() -> set[str]:
    """The file folders that people's rows know: pictures, galleries, files sent to staff. Five queries."""
    pictured = [Artist.objects.values_list(name, flat=True) for name in ("avatar_key", "banner_key")]
    kept = [kind._default_manager.values_list("key", flat=True) for kind in (Attachment, Enclosure)]
    return {
        *(key for keys in pictured for key in keys if key),
        *Photo.objects.values_list("key", flat=True),
        *(key.rpartition("/")[0] for keys in kept for key in keys),
    }


def token_for(text: str, *, now: datetime) -> Token | None:
    """The valid token with this text and its account, or None. One query."""
    token = Token.objects.select_related("account").filter(digest=token_digest(text)).first()
    return token if token is not None and token.is_valid(now) else None


def member_account_ids(artist_ids: Iterable[int]) -> dict[int, set[int]]:
    """For each artist the accounts that are its members. One query."""
    found: dict[int, set[int]] = {artist_id: set() for artist_id in artist_ids}
    for artist_id, account_id in Member.objects.filter(artist_id__in=found).values_list(
        "artist_id", "account_id"
    ):
        found[artist_id].add(account_id)
    return found


def owner_ids(artist_id: int) -> list[int]:
    """The accounts that own the artist. One query."""
    owners = Member.objects.filter(artist_id=artist_id, role=Member.Role.OWNER)
    return list(owners.values_list("account_id", flat=True))


def staff_exists() -> bool:
    """Whether the installation has its first staff account."""
    return Account.objects.filter(is_staff=True).exists()


_SHOWN = "SELECT id, name FROM people_account WHERE id IN ({ids}) AND show_to_producers AND name <> ''"


def shown_names(account_ids: Iterable[int]) -> dict[int, str]:
    """The names of those of these accounts that show themselves to producers. One query."""
    ids = list(account_ids)
    return dict(sql.rows(_SHOWN.format(ids=sql.marks(ids)), *ids)) if ids else {}


def artist_names(artist_ids: Iterable[int]) -> dict[int, str]:
    """The names of these artists, revoked ones included. One query."""
    return dict(Artist.objects.filter(pk__in=artist_ids).values_list("pk", "name"))


def artist_id_of(handle: str) -> int | None:
    """The number of the artist with this handle (any case), revoked or not, for staff."""
    return Artist.objects.filter(handle__iexact=handle).values_list("pk", flat=True).first()


def _member(row: tuple[Any, ...]) -> Member:
    values = sql.instants(row)
    member = Member.from_db("default", _MEMBER, values[: len(_MEMBER)])
    member.artist = Artist.from_db("default", _ARTIST, values[len(_MEMBER) :])
    return member


def members_of(artist_id: int) -> list[Member]:
    """The artist's members with their accounts, owners first. One query."""
    members = Member.objects.filter(artist_id=artist_id).select_related("account", "artist")
    order = [role.value for role in (Member.Role.OWNER, Member.Role.MANAGER, Member.Role.ANALYST)]
    return sorted(members, key=lambda member: (order.index(member.role), member.joined_at, member.pk))


def open_invitations(artist_id: int, *, now: datetime) -> list[Invitation]:
    """Invitations to the artist that still work, newest first. One query."""
    standing = Invitation.objects.filter(artist_id=artist_id, ended_at=None, expires_at__gt=now)
    return list(standing.order_by("-at", "-pk"))


def invitation(invitation_id: int, secret: str) -> Invitation | None:
    """The invitation whose link this is, ended ones too; None when the secret is another. One query."""
    found = Invitation.objects.filter(pk=invitation_id, digest=digest_of(secret))
    return found.select_related("artist", "invited_by").first()
