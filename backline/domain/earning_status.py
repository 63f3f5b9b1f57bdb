"""What is shown of a part of an artist's money: one of eight statuses, from where it is and why."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """Where a part of an artist's money is. All but the last two are conditions of the ledger's accounts."""

    HELD = "held"
    CARRIED = "carried"
    SALE_HELD = "sale_held"
    AVAILABLE = "available"
    SENDING = "sending"
    CONNECTED = "connected"
    PAYING = "paying"
    RETURNED = "returned"
    BANK = "bank"
    GONE = "gone"


class Status(StrEnum):
    """The eight statuses."""

    QUEUED = "queued"
    SENDING = "sending"
    PAID = "paid"
    PENDING = "pending"
    FAILED = "failed"
    EXCLUDED = "excluded"
    HELD = "held"
    REVERSED = "reversed"


TABS = {
    "paid": (Status.PAID,),
    "pending": (Status.QUEUED, Status.SENDING, Status.PENDING, Status.HELD),
    "failed": (Status.FAILED, Status.EXCLUDED, Status.REVERSED),
}
"""Every status is in one of the three: together they are all."""
CARDS = {
    "balance": (Place.HELD, Place.CARRIED, Place.SALE_HELD, Place.AVAILABLE, Place.RETURNED),
    "queued": (Place.SENDING,),
    "transit": (Place.SENDING, Place.CONNECTED, Place.PAYING),
    "lifetime": (Place.BANK,),
}
"""Which places a card sums; of what is being sent, `queued` has the status queued and `transit` sending."""
_STEADY = {
    Place.HELD: Status.HELD,
    Place.CARRIED: Status.HELD,
    Place.SALE_HELD: Status.PENDING,
    Place.CONNECTED: Status.PENDING,
    Place.PAYING: Status.PENDING,
    Place.RETURNED: Status.FAILED,
    Place.BANK: Status.PAID,
}


def status_of(
    place: Place,
    *,
    debt: bool = False,
    ready: bool = False,
    failed: bool = False,
    begun: bool = False,
    excluded: bool = False,
) -> Status:
    """The status of money in a place.

    `debt`: it is owed back, for a refund; `ready`: it can be sent now; `failed`: sending it was given up;
    `begun`: a transfer of it has been tried; `excluded`: it was divided among the others.

    >>> status_of(Place.AVAILABLE).value, status_of(Place.AVAILABLE, ready=True).value
    ('held', 'queued')
    >>> status_of(Place.SENDING, begun=True).value, status_of(Place.BANK).value
    ('sending', 'paid')
    """
    if place is Place.GONE:
        return Status.EXCLUDED if excluded else Status.REVERSED
    if debt:
        return Status.REVERSED
    if place is Place.AVAILABLE:
        return Status.FAILED if failed else Status.QUEUED if ready else Status.HELD
    if place is Place.SENDING:
        return Status.SENDING if begun else Status.QUEUED
    return _STEADY[place]
