"""What becomes of a listen: exactly one verdict, the first rule of an ordered list that matches.

A listen is judged in log order against what was counted before it on the same reporting day, so judging a day
again, from its listens alone, gives the same answers.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Protocol

RULES_VERSION = 1

MIN_DISTINCT_MS = 30_000
SHORT_BEAT_MS = 60_000
UNPROVEN_SLACK_MS = 20_000
FUTURE_MS = 2 * 60_000
LATE_MS = 48 * 3_600_000
OVERLAP_MS = 5_000
REPEATED_PER_DAY = 10
BURST_PER_LISTENER = 300
BURST_PER_ADDRESS_AND_BEAT = 20
BURST_PER_ADDRESS = 200
NETWORK_MIN_PLAYS = 50
NETWORK_SHARE_BP = 6_000
COMPLETED_REACH_BP = 8_000
COMPLETED_HEARD_BP = 5_000
DOWNLOAD_AGAIN_MS = 24 * 3_600_000


class Verdict(StrEnum):
    """Every possible answer, in the order of the rules: the first that matches wins, COUNTED when none does.

    FUTURE and LATE are answered at intake and never stored; NETWORK is given when a day closes; WITHDRAWN is
    for downloads, and for listens that staff withdrew in a case.
    """

    UNAVAILABLE = "unavailable"
    FUTURE = "future"
    LATE = "late"
    ROBOT = "robot"
    OWN_TEAM = "own_team"
    STAFF = "staff"
    UNPROVEN = "unproven"
    TOO_SHORT = "too_short"
    OVERLAP = "overlap"
    REPEATED = "repeated"
    BURST = "burst"
    NETWORK = "network"
    WITHDRAWN = "withdrawn"
    COUNTED = "counted"


class Listen(NamedTuple):
    """A final listen as the rules see it.

    `listener` and `address` are numbers that mean the same account, player or address within the day, 0 when
    unknown. The five flags were derived when the listen was received.
    """

    beat: int
    listener: int
    address: int
    started_ms: int
    played_ms: int
    distinct_ms: int
    beat_ms: int
    unavailable: bool = False
    robot: bool = False
    own_team: bool = False
    staff: bool = False
    unproven: bool = False


class History(Protocol):
    """What was counted on the listen's reporting day by listens before it in the log."""

    def overlap_ms(self, listen: Listen) -> int:
        """The longest time that a counted listen of the same listener ran at the same time."""

    def of_listener_and_beat(self, listen: Listen) -> int:
        """Counted listens of this beat by this listener."""

    def of_listener(self, listen: Listen) -> int:
        """Counted listens by this listener."""

    def of_address_and_beat(self, listen: Listen) -> int:
        """Counted listens of this beat from this address."""

    def of_address(self, listen: Listen) -> int:
        """Counted listens from this address."""


def needed_ms(beat_ms: int) -> int:
    """How much of a beat must be heard for a play: 30 s, or half of a beat shorter than 60 s."""
    return MIN_DISTINCT_MS if beat_ms >= SHORT_BEAT_MS else beat_ms // 2


def is_proven(*, distinct_ms: int, elapsed_ms: int) -> bool:
    """Whether as much time passed between our first and last receipt as the listener claims to have heard."""
    return distinct_ms <= elapsed_ms + UNPROVEN_SLACK_MS


def is_completed(*, furthest_ms: int, distinct_ms: int, beat_ms: int) -> bool:
    """Whether the listen reached more than 80 % of the beat and heard at least half of it."""
    reached = furthest_ms * 10_000 > beat_ms * COMPLETED_REACH_BP
    return reached and distinct_ms * 10_000 >= beat_ms * COMPLETED_HEARD_BP


def judge(listen: Listen, history: History) -> Verdict:
    """The verdict of a listen: the first rule that matches."""
    if listen.unavailable:
        return Verdict.UNAVAILABLE
    if listen.robot:
        return Verdict.ROBOT
    if listen.own_team:
        return Verdict.OWN_TEAM
    if listen.staff:
        return Verdict.STAFF
    if listen.unproven:
        return Verdict.UNPROVEN
    if listen.distinct_ms < needed_ms(listen.beat_ms):
        return Verdict.TOO_SHORT
    if history.overlap_ms(listen) > OVERLAP_MS:
        return Verdict.OVERLAP
    if history.of_listener_and_beat(listen) >= REPEATED_PER_DAY:
        return Verdict.REPEATED
    return Verdict.BURST if _is_burst(listen, history) else Verdict.COUNTED


def _is_burst(listen: Listen, history: History) -> bool:
    return (
        history.of_listener(listen) >= BURST_PER_LISTENER
        or history.of_address_and_beat(listen) >= BURST_PER_ADDRESS_AND_BEAT
        or history.of_address(listen) >= BURST_PER_ADDRESS
    )
