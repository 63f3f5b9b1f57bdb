"""Who sends events: a listener's player, or a platform's back end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backline.listening.addresses import address_key
from backline.listening.store import ACCOUNT_KEY

VISITOR_COOKIE = "backline_listener"
_VISITOR_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
OWN_ACCOUNT = "account:"


def visitor_id(cookie: str) -> str:
    """The visitor's id in the cookie's text; empty when it is none of ours."""
    return cookie if _VISITOR_ID.fullmatch(cookie) else ""


@dataclass(frozen=True)
class PlayerOrigin:
    """A browser: the signed-in account if any, the visitor cookie, the address and the agent text.

    `country` is what a trusted proxy says of the address, if it does.
    """

    account_id: int | None = None
    staff: bool = False
    visitor: str = ""
    address: str = ""
    agent: str = ""
    country: str = ""


@dataclass(frozen=True)
class BackEndOrigin:
    """A platform's server, by a token with `events:write`. `artist_ids` empty: it may report for all artists."""

    account_id: int
    artist_ids: frozenset[int] = frozenset()


Origin = PlayerOrigin | BackEndOrigin


def listener_text(account_id: int) -> str:
    """How a back end names a listener that is an account of this installation; all other texts are its own."""
    return f"{OWN_ACCOUNT}{account_id}"


def own_account(text: str) -> int | None:
    """The account id in a text made by `listener_text`, else None."""
    digits = text.removeprefix(OWN_ACCOUNT)
    return (
        int(digits) if digits != text and digits.isascii() and digits.isdigit() and len(digits) < 19 else None
    )


def listener_keys(origin: PlayerOrigin) -> tuple[str, ...]:
    """The keys a play ticket of this listener may be bound to, best first; the address only as a last resort."""
    keys = []
    if origin.account_id is not None:
        keys.append(f"{ACCOUNT_KEY}{origin.account_id}")
    if origin.visitor:
        keys.append(f"c:{origin.visitor}")
    address = address_key(origin.address)
    if address:
        keys.append(f"n:{address}")
    return tuple(keys)


def listener_key(origin: PlayerOrigin) -> str:
    """The key to bind a new ticket to."""
    return next(iter(listener_keys(origin)), "")
