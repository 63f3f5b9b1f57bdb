"""The chart of accounts: every address of the ledger is made here.

An address says whose money it is and in what condition. The currency is not part of it: an account is an address in
one currency. `world:` is outside, so a balance there is negative by all that came in. docs/decisions/0005-ledger.md
tells how money moves between them.
"""

from __future__ import annotations

import re

STRIPE = "world:stripe"
"""What buyers pay through and transfers leave through."""
BANK = "world:bank"
"""The producers' bank accounts."""
POOL = "platform:pool"
"""Paid for plans and not yet settled. Negative when more was refunded than is still to be settled."""
FEES = "platform:fees"
TAXES = "platform:taxes"
"""Collected for the tax office."""
COSTS = "platform:costs"
"""Dispute fees and what else the provider keeps."""
LOSSES = "platform:losses"
"""What the platform took over because nobody could pay it back."""

PLATFORM = {
    STRIPE: "Payment provider",
    BANK: "Producers' banks",
    POOL: "Pool, not yet settled",
    FEES: "Platform fees",
    TAXES: "Taxes",
    COSTS: "Provider's costs",
    LOSSES: "Platform losses",
}
CONDITIONS = {
    "available": "available",
    "held": "held until payouts are set up",
    "carried": "carried forward, below the minimum",
    "sale_held": "sales in their holding days",
    "sending": "transfers under way",
    "connected": "in the artist's own Stripe balance",
    "paying": "on the way from Stripe to the bank",
    "returned": "returned by the bank to the artist's own Stripe balance",
}
_ARTIST = re.compile(rf"artist:(\d+):({'|'.join(CONDITIONS)})", re.ASCII)


def available(artist_id: int) -> str:
    """Settled and free to be sent; negative when corrections outran earnings."""
    return f"artist:{artist_id}:available"


def held(artist_id: int) -> str:
    """Settled while payouts were not set up."""
    return f"artist:{artist_id}:held"


def carried(artist_id: int) -> str:
    """Settled and below the minimum for a transfer."""
    return f"artist:{artist_id}:carried"


def sale_held(artist_id: int) -> str:
    """From sales whose holding days are not over."""
    return f"artist:{artist_id}:sale_held"


def sending(artist_id: int) -> str:
    """In a transfer that has no answer yet."""
    return f"artist:{artist_id}:sending"


def connected(artist_id: int) -> str:
    """Transferred to the artist's own Stripe balance, not yet in the bank."""
    return f"artist:{artist_id}:connected"


def paying(artist_id: int) -> str:
    """In a payout from the artist's own Stripe balance to the bank."""
    return f"artist:{artist_id}:paying"


def returned(artist_id: int) -> str:
    """In the artist's own Stripe balance again, for the bank refused it."""
    return f"artist:{artist_id}:returned"


def is_address(address: str) -> bool:
    """Whether the chart knows it.

    >>> is_address(POOL), is_address(held(12)), is_address("artist:12:lost")
    (True, True, False)
    """
    return address in PLATFORM or _ARTIST.fullmatch(address) is not None


def artist_of(address: str) -> int | None:
    """The artist whose money it is, if it is an artist's.

    >>> artist_of(available(12)), artist_of(POOL)
    (12, None)
    """
    found = _ARTIST.fullmatch(address)
    return int(found[1]) if found else None


def label(address: str, *, artist: str = "") -> str:
    """The address in words; `artist` is the name to put for the number.

    >>> label(held(12), artist="Marlo Vane"), label(POOL)
    ('Marlo Vane: held until payouts are set up', 'Pool, not yet settled')
    """
    found = _ARTIST.fullmatch(address)
    if found is None:
        return PLATFORM.get(address, address)
    return f"{artist or f'Artist {found[1]}'}: {CONDITIONS[found[2]]}"
