"""Which people of an identity provider sign in as an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount

from backline.people.models import Account


@dataclass(frozen=True)
class ProviderLink:
    """One of them. `provider` is the issuer's key; `shown` is the address it told, or its number of the person."""

    id: int
    provider: str
    shown: str
    linked_at: datetime
    last_used_at: datetime


def provider_links(account: Account) -> list[ProviderLink]:
    """All links of the account, the oldest first; those of a provider that is no longer set up too."""
    return [
        ProviderLink(
            link.pk,
            link.provider,
            link.extra_data.get("email") or link.uid,
            link.date_joined,
            link.last_login,
        )
        for link in SocialAccount.objects.filter(user=account).order_by("pk")
    ]


def is_linked(account: Account, provider: str) -> bool:
    """Whether somebody of this provider signs in as the account."""
    return bool(SocialAccount.objects.filter(user=account, provider=provider).exists())
