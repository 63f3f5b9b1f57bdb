"""The people of the demo world: the cast, the artists with their owners, and the names listeners are made of."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `password` is empty for those who are only there to listen: they cannot sign in."""

    name: str
    email: str
    zone: str
    password: str = ""
    is_staff: bool = False
    shows: bool = False


@dataclass(frozen=True)
class Profile:
    """An artist: `beats` is how many they made, `reach` how much they are heard compared with the others."""

    name: str
    owner: str
    city: str
    country: str
    zone: str
    genres: tuple[str, ...]
    beats: int
    reach: float
    bio: str

    @property
    def handle(self) -> str:
        return self.name.lower().replace(" ", "-")


def _member(name: str, zone: str, *, is_staff: bool = False) -> Person:
    word = name.lower()
    return Person(name, f"{word}@example.com", zone, f"demo-{word}-password", is_staff=is_staff, shows=True)


ALICE = _member("Alice", "Europe/Amsterdam")
BOB = _member("Bob", "Asia/Tokyo")
CHARLIE = _member("Charlie", "America/Santiago")
DANA = _member("Dana", "Europe/London", is_staff=True)
LEE = _member("Lee", "America/New_York")
ADA = _member("Ada", "Africa/Accra")
CAST = (ALICE, BOB, CHARLIE, DANA, LEE, ADA)
"""Fixed passwords, marked as demo ones. Ada is an analyst of Alice's artist."""

MARLO, KIT, SABLE = "marlo-vane", "kit-nakagawa", "sable-ortiz"
OWNERS = {MARLO: ALICE, KIT: BOB, SABLE: CHARLIE}

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PROFILES = tuple(Profile(**row | {"genres": tuple(row["genres"])}) for row in _WORDS["artist"])
"""All artists; the first three belong to the cast."""

_MAIL_HOSTS = ("example.com", "example.net", "example.org")
_ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Europe/London",
    "Africa/Lagos",
    "America/Sao_Paulo",
    "Asia/Tokyo",
)


def listeners(count: int, *, seed: int) -> list[Person]:
    """`count` different invented listeners; some show their names to the producers they follow."""
    dice = random.Random(f"listeners {seed}")
    pairs = [(first, last) for first in _WORDS["first_names"] for last in _WORDS["last_names"]]
    return [
        Person(
            name=f"{first} {last}",
            email=f"listener-{number:03}@{_MAIL_HOSTS[number % len(_MAIL_HOSTS)]}",
            zone=dice.choice(_ZONES),
            shows=dice.random() < 0.45,
        )
        for number, (first, last) in enumerate(dice.sample(pairs, count), start=1)
    ]


def owner_of(profile: Profile) -> Person:
    """The account that owns an artist: one of the cast, or a person of its own who cannot sign in."""
    if profile.handle in OWNERS:
        return OWNERS[profile.handle]
    return Person(profile.owner, f"{profile.handle}@example.org", profile.zone, shows=True)
