"""What goes into and comes out of a listening store, whatever database it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, IntFlag, StrEnum
from typing import NamedTuple

from backline.domain.intervals import Interval
from backline.domain.network import network_of
from backline.domain.verdicts import Verdict
from backline.listening.store.packed import unpack_counts

ACCOUNT_KEY = "a:"
PLATFORM_KEY = "p:"
GONE_KEY = "x:"
"""Followed by the number itself: nobody's any more."""


class Owner(StrEnum):
    """Whose figures a row holds."""

    ARTIST = "artist"
    BEAT = "beat"


class Flag(IntFlag):
    """What was derived when an event was received, from the facts of that moment."""

    UNAVAILABLE = 1
    ROBOT = 2
    OWN_TEAM = 4
    STAFF = 8
    UNPROVEN = 16
    BACK_END = 32
    WITHDRAWN = 64


class TermKind(IntEnum):
    """The dimensions a listen is counted by."""

    DEVICE = 1
    PLATFORM = 2
    BROWSER = 3
    COUNTRY = 4
    SOURCE = 5


class Status(StrEnum):
    """What intake answers for an item."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    LATE = "late"
    INVALID = "invalid"


# Numbers in the store; never renumber.
CODES = {
    Verdict.COUNTED: 0,
    Verdict.UNAVAILABLE: 1,
    Verdict.ROBOT: 2,
    Verdict.OWN_TEAM: 3,
    Verdict.STAFF: 4,
    Verdict.UNPROVEN: 5,
    Verdict.TOO_SHORT: 6,
    Verdict.OVERLAP: 7,
    Verdict.REPEATED: 8,
    Verdict.BURST: 9,
    Verdict.NETWORK: 10,
    Verdict.WITHDRAWN: 11,
}
VERDICTS = {code: verdict for verdict, code in CODES.items()}
COUNTED = CODES[Verdict.COUNTED]


class Listener(NamedTuple):
    """Who: an account key, or the secret of a signed-out player or address; both empty when nothing is known.

    `visitor` and `address` are hashed with the day's salt before they touch the disk.
    """

    account: str = ""
    visitor: str = ""
    address: str = ""

    @property
    def network(self) -> str:
        """The /24 or /48 network that a signed-out listener's address is in; nothing is kept for an account."""
        return "" if self.account else network_of(self.address)


class ListenDraft(NamedTuple):
    """One report of a listen, parsed, authenticated and derived, not yet numbered."""

    id: bytes
    beat: int
    artists: tuple[int, ...]
    team: frozenset[int]
    listener: Listener
    day: int
    hour: int
    started_ms: int
    first_ms: int
    received_ms: int
    heard: tuple[Interval, ...]
    final: bool
    beat_ms: int
    flags: Flag
    terms: Mapping[TermKind, str]


class DownloadDraft(NamedTuple):
    """One delivery, derived, not yet numbered."""

    id: bytes
    beat: int
    artists: tuple[int, ...]
    team: frozenset[int]
    listener: Listener
    day: int
    hour: int
    at_ms: int
    received_ms: int
    licence_type: str
    licence_url: str
    flags: Flag


class ImpressionsDraft(NamedTuple):
    """One page view that showed these beats. `listener` is set for a signed-in member of an artist only."""

    id: bytes
    beats: tuple[int, ...]
    day: int
    received_ms: int
    listener: Listener = Listener()


class MarkKind(IntEnum):
    """What an account gives a beat or an artist: kept likes and follows, and licences and sales that only add up."""

    LIKE = 1
    FOLLOW = 2
    LICENCE = 3
    SALE = 4


class MarkDraft(NamedTuple):
    """A like or a follow by another platform's listener. `target` is a beat for a like, an artist for a follow."""

    id: bytes
    kind: MarkKind
    target: int
    artists: tuple[int, ...]
    account: str
    day: int
    received_ms: int


Draft = ListenDraft | DownloadDraft | ImpressionsDraft | MarkDraft


class Outcome(NamedTuple):
    """What the store did with a draft; the texts only for INVALID."""

    status: Status
    field: str = ""
    reason: str = ""
    detail: str = ""


class LoggedListen(NamedTuple):
    """A row of the log as the fold reads it. `listener` is negative for a signed-out visitor of the day."""

    seq: int
    beat: int
    artists: int
    listener: int
    address: int
    network: int
    day: int
    hour: int
    started_ms: int
    logged_ms: int
    played_ms: int
    distinct_ms: int
    furthest_ms: int
    beat_ms: int
    flags: int
    device: int
    platform: int
    browser: int
    country: int
    source: int
    heard: bytes


class LoggedDownload(NamedTuple):
    """A row of the download log as the fold reads it."""

    seq: int
    beat: int
    artists: int
    listener: int
    day: int
    hour: int
    at_ms: int
    flags: int


class Mark(NamedTuple):
    """A like or follow given (`given`) or taken back, by account number."""

    kind: int
    target: int
    account: int
    artists: int
    day: int
    given: bool = True


class DayRow(NamedTuple):
    """An artist's or a beat's day. Sets of accounts are serialised Roaring bitmaps, counts are packed."""

    day: int
    plays: int
    downloads: int
    received: int
    visits: int
    likes: int
    follows: int
    licences: int
    sales: int
    completions: int
    heard_ms: int
    accounts: bytes
    download_accounts: bytes
    visitors: bytes
    hours: bytes
    rejections: bytes
    download_rejections: bytes
    terms: bytes
    engagement: bytes

    def rejected(self) -> dict[Verdict, int]:
        """Rejected listens by reason."""
        return {VERDICTS[code]: count for code, count in unpack_counts(self.rejections).items()}


class TotalRow(NamedTuple):
    """An artist's or a beat's figures of all time."""

    first_day: int
    last_day: int
    plays: int
    downloads: int
    received: int
    visits: int
    likes: int
    follows: int
    licences: int
    sales: int
    completions: int
    heard_ms: int
    accounts: bytes
    download_accounts: bytes
    rejections: bytes
    download_rejections: bytes
    terms: bytes
    engagement: bytes

    def rejected(self) -> dict[Verdict, int]:
        """Rejected listens by reason."""
        return {VERDICTS[code]: count for code, count in unpack_counts(self.rejections).items()}


class StoredDownload(NamedTuple):
    """A counted download; `listener` is an account key, empty for a signed-out visitor."""

    beat_id: int
    at_ms: int
    listener: str
    licence_type: str
    licence_url: str
