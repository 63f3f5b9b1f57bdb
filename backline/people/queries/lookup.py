"""What staff look up about accounts and artists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from backline.core.paging import Paged, paged
from backline.people.models import Account, Application, Artist, FormerHandle, Member, Ticket, Token

NEWEST = 20


@dataclass(frozen=True)
class AccountFacts:
    """An account with its memberships, newest tickets and applications; `tokens` counts those that still work.

    `tickets_by_state` counts all tickets, not only those listed.
    """

    account: Account
    members: list[Member]
    tickets: list[Ticket]
    tickets_by_state: dict[str, int]
    applications: list[Application]
    tokens: int


@dataclass(frozen=True)
class ArtistFacts:
    """An artist with its members, former handles, newest tickets and applications."""

    artist: Artist
    members: list[Member]
    handles: list[str]
    tickets: list[Ticket]
    applications: list[Application]


def found_accounts(words: str, *, page: int, size: int) -> Paged[Account]:
    """A page of the accounts with these words in name or address, newest first; no words: all. Four queries.

    Each comes with its memberships and their artists.
    """
    rows = Account.objects.filter(deleted_at=None)
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    shown = rows.order_by("-joined_at", "-pk").prefetch_related("memberships__artist")
    return paged(shown, page=page, size=size, read=lambda row: row)


def account_facts(account_id: int, *, now: datetime) -> AccountFacts | None:
    """What is known about an account, deleted ones too. Six queries."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        return None
    tickets = Ticket.objects.filter(account=account)
    tokens = Token.objects.filter(account=account).select_related("account")
    members = Member.objects.filter(account=account).select_related("artist")
    return AccountFacts(
        account,
        list(members.order_by("artist__name", "pk")),
        _newest_tickets(tickets),
        dict(Counter(tickets.values_list("state", flat=True))),
        _newest_applications(Application.objects.filter(account=account)),
        sum(token.is_valid(now) for token in tokens),
    )


def artist_facts(artist_id: int) -> ArtistFacts | None:
    """What is known about an artist, revoked ones too. Five queries."""
    artist = Artist.objects.filter(pk=artist_id).first()
    if artist is None:
        return None
    members = Member.objects.filter(artist=artist).select_related("account")
    left = FormerHandle.objects.filter(artist=artist).order_by("-left_at")
    return ArtistFacts(
        artist,
        list(members.order_by("joined_at", "pk")),
        list(left.values_list("handle", flat=True)),
        _newest_tickets(Ticket.objects.filter(artist=artist)),
        _newest_applications(Application.objects.filter(artist=artist)),
    )


def _newest_tickets(tickets: QuerySet[Ticket]) -> list[Ticket]:
    return list(tickets.select_related("account").order_by("-updated_at", "-pk")[:NEWEST])


def _newest_applications(applications: QuerySet[Application]) -> list[Application]:
    sent = applications.exclude(state="draft").select_related("account", "artist")
    return list(sent.order_by("-sent_at", "-pk")[:NEWEST])
