"""The one way to Stripe: a key, an address, time-outs. Calls are repeated by those who know their idempotency key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from stripe import StripeClient

LIVE_KEYS = ("sk_live_", "rk_live_")
CONNECT_S = 5.0


class LiveKeyElsewhere(ValueError):
    """A live key would be sent to an address that is not Stripe's."""


@dataclass(frozen=True)
class Credentials:
    """How to reach Stripe. `url` is empty for Stripe itself, else the sandbox's address.

    Raises:
        LiveKeyElsewhere: a live key with an address of its own.
    """

    key: str
    url: str = ""
    timeout_s: float = 20.0

    def __post_init__(self) -> None:
        if self.url and self.live:
            raise LiveKeyElsewhere("A live key is sent to Stripe only: leave BACKLINE_STRIPE_URL empty.")

    @property
    def live(self) -> bool:
        """Whether real money moves."""
        return self.key.startswith(LIVE_KEYS)


def credentials() -> Credentials | None:
    """How this installation reaches Stripe; None when no key is set."""
    if not settings.STRIPE_KEY:
        return None
    return Credentials(settings.STRIPE_KEY, settings.STRIPE_URL, settings.STRIPE_TIMEOUT_S)


@lru_cache(maxsize=4)
def client(credentials: Credentials) -> StripeClient:
    """The SDK's client. It is imported at the first call: pages that never speak to Stripe do not carry it."""
    import stripe

    http = stripe.RequestsClient(timeout=(CONNECT_S, credentials.timeout_s))
    places = ("api", "connect", "files", "meter_events")
    addresses: Any = dict.fromkeys(places, credentials.url) if credentials.url else None
    return stripe.StripeClient(
        credentials.key, base_addresses=addresses, http_client=http, max_network_retries=0
    )


def plain(answer: Any) -> dict[str, Any]:
    """An answer of the SDK as plain dictionaries and lists."""
    found: dict[str, Any] = answer.to_dict()
    return found
