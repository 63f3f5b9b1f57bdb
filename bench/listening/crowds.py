"""Who listens, honestly or not: the listens of a day, as the player of each would report them.

Addresses are from the documentation networks. Each crowd has an artist of its own, so that its receipts are its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from tests.listening.world import BROWSER, PHONE

BEAT_S = 180
HOME = "203.0.113.7"


@dataclass(frozen=True)
class Heard:
    """One listen: which beat, from when, which seconds, and how long after the start the player reports it."""

    beat: int
    at: datetime
    intervals: list[list[float]]
    took_s: float
    origin: dict[str, Any]
    more: dict[str, Any] = field(default_factory=dict)


class Crowd(NamedTuple):
    """A kind of listener: `beats` of the artist's are played, and `listens` makes a day of it."""

    name: str
    honest: bool
    beats: int
    listens: Callable[[datetime], Iterator[Heard]]


def whole(beat: int, at: datetime, **origin: Any) -> Heard:
    """A beat from beginning to end."""
    return Heard(
        beat, at, [[0, BEAT_S]], BEAT_S, {"address": HOME, "visitor": "v" * 22, "agent": BROWSER} | origin
    )


def non_stop(midnight: datetime) -> Iterator[Heard]:
    """One player on one line, sixty beats round and round for a whole day."""
    for number in range(24 * 3600 // BEAT_S):
        yield whole(number % 60, midnight + timedelta(seconds=number * BEAT_S))


def non_stop_on_the_move(midnight: datetime) -> Iterator[Heard]:
    """The same player, at home, on the train, at work and at a friend's."""
    for number in range(24 * 3600 // BEAT_S):
        line = number * 4 * BEAT_S // (24 * 3600)
        at = midnight + timedelta(seconds=number * BEAT_S)
        yield whole(number % 60, at, address=f"203.0.113.{line + 1}")


def workday(midnight: datetime) -> Iterator[Heard]:
    """Eight hours of music, sixty beats round and round."""
    for number in range(8 * 3600 // BEAT_S):
        yield whole(number % 60, midnight + timedelta(hours=9, seconds=number * BEAT_S))


def skimmer(midnight: datetime) -> Iterator[Heard]:
    """Twelve seconds of each of a hundred beats, then 36 seconds in four pieces of the ten that were liked."""
    at = midnight
    for beat in range(100):
        yield Heard(beat, at, [[0, 12]], 12, whole(0, at).origin)
        at += timedelta(seconds=13)
    for beat in range(10):
        pieces: list[list[float]] = [[start, start + 9] for start in (0, 40, 90, 150)]
        yield Heard(beat, at, pieces, 38, whole(0, at).origin)
        at += timedelta(seconds=40)


def one_house(people: int) -> Callable[[datetime], Iterator[Heard]]:
    """People with the same phone behind one address, each of whom plays the same three beats."""

    def listens(midnight: datetime) -> Iterator[Heard]:
        for beat in range(3):
            for person in range(people):
                at = midnight + timedelta(hours=18, minutes=5 * beat, seconds=2 * person)
                yield whole(beat, at, visitor=f"person-{person:015}", agent=PHONE)

    return listens


def two_tabs(midnight: datetime) -> Iterator[Heard]:
    """Ten beats, each in a tab of its own, one started a minute after the other."""
    for beat in range(10):
        yield whole(beat, midnight + timedelta(minutes=beat))


def patient_bot(beats: int) -> Callable[[datetime], Iterator[Heard]]:
    """A program that plays in real time, one beat after the other, under one cookie."""

    def listens(midnight: datetime) -> Iterator[Heard]:
        for number in range(24 * 3600 // BEAT_S):
            yield whole(number % beats, midnight + timedelta(seconds=number * BEAT_S))

    return listens


def without_cookie(midnight: datetime) -> Iterator[Heard]:
    """As many players at once as it likes, each a new visitor, one beat."""
    for number in range(480):
        yield whole(0, midnight + timedelta(seconds=number * 20), visitor=f"new-{number:018}")


def agent_rotation(midnight: datetime) -> Iterator[Heard]:
    """A new visitor with another browser each time, three beats."""
    for number in range(480):
        phone = PHONE.replace("17_5", f"1{number % 8}_1")
        agent = BROWSER.replace("126", str(90 + number % 60)) if number % 2 else phone
        at = midnight + timedelta(seconds=number * 20)
        yield whole(number % 3, at, visitor=f"new-{number:018}", agent=agent)


def address_farm(address: str) -> Callable[[datetime], Iterator[Heard]]:
    """A new visitor from a new address each time; `address` has a place for the number."""

    def listens(midnight: datetime) -> Iterator[Heard]:
        for number in range(240):
            at = midnight + timedelta(seconds=number * 20)
            yield whole(0, at, visitor=f"new-{number:018}", address=address.format(number + 1))

    return listens


def claims_in_no_time(midnight: datetime) -> Iterator[Heard]:
    """Whole beats reported five seconds after their start."""
    for number in range(100):
        listen = whole(number % 10, midnight + timedelta(seconds=number * 6))
        yield Heard(listen.beat, listen.at, listen.intervals, 5, listen.origin)


def without_ticket(midnight: datetime) -> Iterator[Heard]:
    """Reports made up without ever asking for the stream."""
    for number in range(100):
        listen = whole(number % 10, midnight + timedelta(seconds=number * BEAT_S))
        yield Heard(listen.beat, listen.at, listen.intervals, BEAT_S, listen.origin, {"ticket": ""})


def rented_server(midnight: datetime) -> Iterator[Heard]:
    """A browser's text, from a hosting company's network."""
    for number in range(50):
        yield whole(number % 10, midnight + timedelta(seconds=number * BEAT_S), address="5.9.77.7")


def many_lines(midnight: datetime) -> Iterator[Heard]:
    """A new visitor from another network each time, at random moments: rented lines of private homes."""
    dice = random.Random(7)
    for number, second in enumerate(sorted(dice.randrange(24 * 3600 - BEAT_S) for _ in range(240))):
        at = midnight + timedelta(seconds=second)
        yield whole(0, at, visitor=f"new-{number:018}", address=f"198.18.{number}.9")


CROWDS = (
    Crowd("a workday of music, one person", True, 60, workday),
    Crowd("non-stop for a whole day, one person", True, 60, non_stop),
    Crowd("non-stop for a whole day, one person on four lines", True, 60, non_stop_on_the_move),
    Crowd("a skimmer: 100 beats for 12 s, ten of them in pieces", True, 100, skimmer),
    Crowd("20 people with the same phone behind one address, 3 beats", True, 3, one_house(20)),
    Crowd("30 people with the same phone behind one address, 3 beats", True, 3, one_house(30)),
    Crowd("one person with ten tabs at once", True, 10, two_tabs),
    Crowd("a patient bot, one beat", False, 1, patient_bot(1)),
    Crowd("a patient bot, 40 beats", False, 40, patient_bot(40)),
    Crowd("drops its cookie each time, one beat", False, 1, without_cookie),
    Crowd("drops its cookie and changes its agent, 3 beats", False, 3, agent_rotation),
    Crowd("a new address of one IPv6 /64 each time", False, 1, address_farm("2001:db8:1:2::{0:x}")),
    Crowd("a new /64 of one IPv6 /48 each time", False, 1, address_farm("2001:db8:1:{0:x}::1")),
    Crowd("a new address of one IPv4 /24 each time", False, 1, address_farm("203.0.113.{0}")),
    Crowd("claims whole beats after five seconds", False, 10, claims_in_no_time),
    Crowd("never had a play ticket", False, 10, without_ticket),
    Crowd("a browser on a rented server", False, 10, rented_server),
    Crowd("a line of its own for each play", False, 1, many_lines),
)
