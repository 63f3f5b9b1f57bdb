"""Step two of intake: who says this, and may they. What a sender claims about others is taken from nobody but a
platform's back end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backline.listening import tickets
from backline.listening.addresses import address_key
from backline.listening.calendar import to_ms
from backline.listening.facts import staff_by_account
from backline.listening.origins import BackEndOrigin, Origin, PlayerOrigin, listener_keys, own_account
from backline.listening.parse import DownloadItem, ImpressionsItem, Item, ListenItem
from backline.listening.reasons import Reason, RefusedError
from backline.listening.store.rows import ACCOUNT_KEY, PLATFORM_KEY, Listener


@dataclass(frozen=True)
class Authenticated:
    """An item whose sender is known.

    `account_id` is set when the listener is an account of ours. `started_at` is our time for a player and the back
    end's for a back end; `proven` says that a player held a valid ticket.
    """

    item: Item
    listener: Listener
    account_id: int | None
    staff: bool
    started_at: datetime
    proven: bool
    back_end: bool


class Authenticator:
    """Authenticates the items of one request: accounts named by a back end are looked up once for all of them."""

    def __init__(self, origin: Origin, items: Iterable[Item], *, now: datetime) -> None:
        self._origin = origin
        self._now = now
        named = (
            (own_account(_listener_text(item)) for item in items) if isinstance(origin, BackEndOrigin) else ()
        )
        self._staff = staff_by_account(account for account in named if account is not None)

    def authenticate(self, item: Item) -> Authenticated:
        """The item with its listener.

        Raises:
            RefusedError: this sender may not send it.
        """
        if isinstance(self._origin, PlayerOrigin):
            return self._from_player(self._origin, item)
        return self._from_back_end(self._origin, item)

    def _from_player(self, origin: PlayerOrigin, item: Item) -> Authenticated:
        if isinstance(item, DownloadItem):
            raise RefusedError(
                "type", Reason.NOT_ALLOWED, "is reported by whoever delivers the file, not by a player"
            )
        if not isinstance(item, ListenItem | ImpressionsItem) and origin.account_id is None:
            raise RefusedError("listener", Reason.NOT_ALLOWED, "must be signed in")
        issued_at = None
        if isinstance(item, ListenItem):
            issued_at = tickets.read(
                item.ticket,
                listen_id=item.id,
                beat_id=item.beat,
                listener_keys=listener_keys(origin),
                now=self._now,
            )
        account = f"{ACCOUNT_KEY}{origin.account_id}" if origin.account_id is not None else ""
        return Authenticated(
            item=item,
            listener=Listener(account, origin.visitor, address_key(origin.address)),
            account_id=origin.account_id,
            staff=origin.staff,
            started_at=issued_at or self._now,
            proven=issued_at is not None,
            back_end=False,
        )

    def _from_back_end(self, origin: BackEndOrigin, item: Item) -> Authenticated:
        text = _listener_text(item)
        named = own_account(text)
        account_id = named if named in self._staff else None
        account = f"{ACCOUNT_KEY}{account_id}" if account_id is not None else ""
        # An account that was deleted is nobody: its number must not come back by another door.
        if text and named is None:
            account = f"{PLATFORM_KEY}{origin.account_id}:{text}"
        if not account and not isinstance(item, ListenItem | DownloadItem | ImpressionsItem):
            raise RefusedError("listener", Reason.MISSING, "is missing")
        address = item.address if isinstance(item, ListenItem | DownloadItem) else ""
        return Authenticated(
            item=item,
            listener=Listener(account, "", address_key(address)),
            account_id=account_id,
            staff=self._staff.get(account_id or 0, False),
            started_at=self._claimed_start(item),
            proven=True,
            back_end=True,
        )

    def _claimed_start(self, item: Item) -> datetime:
        if isinstance(item, DownloadItem):
            return item.at
        if not isinstance(item, ListenItem):
            return self._now
        if item.started_at is None:
            raise RefusedError("started_at", Reason.MISSING, "is missing")
        return item.started_at


def age_ms(authenticated: Authenticated, now: datetime) -> int:
    """How long ago the listen or download began; negative when it claims the future."""
    return to_ms(now) - to_ms(authenticated.started_at)


def _listener_text(item: Item) -> str:
    return "" if isinstance(item, ImpressionsItem) else item.listener
