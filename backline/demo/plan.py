"""The demo world on paper: who makes which beat when, with whom, and in which collection.

Pure: a seed and an instant in, dataclasses out; nothing is stored here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from backline.catalog.covers import STYLES as STYLES_OF_COVERS
from backline.demo import titles
from backline.demo.artists import KIT, MARLO, PROFILES, SABLE, Profile
from backline.demo.styles import STYLES

SEED = 18
"""A world in which Marlo grows a little at the end; any other number gives another world as good."""
YEARS = 2
DAYS = 365 * YEARS + 1
ACCEPTED, DECLINED, OPEN = "accepted", "declined", "invited"
MARLOS_PARTNERS = (KIT, KIT, KIT, KIT, "juno-aske", "juno-aske", "juno-aske", "wren-abara", "wren-abara",
                   "tomi-ajala", "ines-falk", "low-tide-club", "renske-blom", "priya-sol")  # fmt: skip
MARLOS_DRAFTS = (1, 3, 6)
"""Which of Marlo's beats stay drafts, counted from the newest."""

LATEST_DAYS = (24, 17, 11, 6, 4, 2)
"""How long ago the busiest artist made the newest beats, in days."""


@dataclass(frozen=True)
class Scale:
    """How much of the world is made. `listens` is the aim; the number made differs a little by chance."""

    artists: int
    beats_of_marlo: int
    beats_of_others: int
    collections: bool
    listeners: int
    follows: int
    likes: int
    days: int
    listens: int


FULL = Scale(
    artists=len(PROFILES), beats_of_marlo=51, beats_of_others=99, collections=True, listeners=360, follows=1500,
    likes=1600, days=DAYS, listens=100_000,
)  # fmt: skip

# So many listeners that Marlo has a settled month whatever the hour the world is made at; fewer had none on some days.
SMALL = Scale(
    artists=4, beats_of_marlo=3, beats_of_others=1, collections=True, listeners=40, follows=14, likes=12, days=70,
    listens=400,
)  # fmt: skip


@dataclass(frozen=True)
class Invitation:
    """A credit for another artist and what came of it. `after` is the time between asking and answering."""

    handle: str
    answer: str
    after: timedelta


@dataclass
class PlannedBeat:
    """One beat before it exists. `reach` is its share of its artist's listens; `published_at` None means a draft."""

    handle: str
    name: str
    genres: tuple[str, ...]
    bpm: int
    key: int
    scale: str
    seconds: float
    rate: int
    created_at: datetime
    published_at: datetime | None
    description: str
    tags: tuple[str, ...]
    cover_style: str
    needs_clearance: bool
    assisted: bool
    reach: float
    invitations: list[Invitation] = field(default_factory=list)


@dataclass(frozen=True)
class PlannedCollection:
    """One collection; `beats` are names of the same artist's beats in their order."""

    handle: str
    name: str
    kind: str
    beats: tuple[str, ...]
    created_at: datetime
    release_on: date | None
    is_public: bool
    cover_style: str


@dataclass(frozen=True)
class World:
    """All that is planned, in the order of `created_at`."""

    profiles: tuple[Profile, ...]
    joined_at: dict[str, datetime]
    beats: list[PlannedBeat]
    collections: list[PlannedCollection]

    def reaches(self) -> list[tuple[PlannedBeat, float]]:
        """Each beat with how much it is heard: its part of what its artist reaches."""
        totals: dict[str, float] = {}
        for beat in self.beats:
            totals[beat.handle] = totals.get(beat.handle, 0.0) + beat.reach
        reach = {profile.handle: profile.reach for profile in self.profiles}
        return [(beat, reach[beat.handle] * beat.reach / totals[beat.handle]) for beat in self.beats]


def plan(*, now: datetime, seed: int, scale: Scale) -> World:
    """The world as it should be at `now`. The same arguments give the same world."""
    dice = random.Random(f"plan {seed}")
    profiles = PROFILES[: scale.artists]
    start = now - timedelta(days=scale.days)
    joined = {p.handle: start + timedelta(days=scale.days * _first_day(p, dice)) for p in profiles}
    names = titles.beat_names(seed=seed)
    beats = [beat for p in profiles for beat in _beats_of(p, joined[p.handle], now, names, dice, scale)]
    _invite(beats, dice, joined)
    collections = list(_collections(profiles, beats, now, dice)) if scale.collections else []
    beats.sort(key=lambda beat: beat.created_at)
    collections.sort(key=lambda collection: collection.created_at)
    return World(profiles, joined, beats, collections)


def _first_day(profile: Profile, dice: random.Random) -> float:
    """When an artist arrives, as a part of the whole time: those with many beats were there first."""
    if profile.handle == SABLE:
        return 0.85
    return 0.0 if profile.beats >= 9 else dice.uniform(0.02, 0.7)


def _beats_of(
    profile: Profile, joined: datetime, now: datetime, names: Iterator[str], dice: random.Random, scale: Scale
) -> Iterator[PlannedBeat]:
    marlo = profile.handle == MARLO
    count = min(profile.beats, scale.beats_of_marlo if marlo else scale.beats_of_others)
    moments = _moments(count, joined, now, dice)
    drafts = MARLOS_DRAFTS if marlo and count > 9 else (1,) if count >= 4 else ()
    for number, created_at in enumerate(moments):
        name = titles.MARLOS_BEATS[number] if marlo else next(names)
        yield _beat(profile, name, created_at, now, dice, is_draft=count - number in drafts)


def _moments(count: int, joined: datetime, now: datetime, dice: random.Random) -> list[datetime]:
    """When an artist uploads: through all their time, often two on a day, more on the days before the weekend."""
    span = (now - joined).total_seconds() - 30 * 3600
    moments: list[datetime] = []
    for number in range(count):
        if moments and dice.random() < 0.3:
            moments.append(moments[-1] + timedelta(minutes=dice.randint(4, 50)))
            continue
        part = (number + dice.uniform(0.1, 0.9)) / count
        moment = joined + timedelta(seconds=span * part)
        if moment.weekday() < 3 and moment + timedelta(days=3) < now and dice.random() < 0.4:
            moment += timedelta(days=3)
        moment = moment.replace(
            hour=dice.choice((9, 11, 13, 15, 17, 18, 19, 20, 21)), minute=dice.randrange(60)
        )
        moments.append(min(moment, now - timedelta(hours=26)))
    if count > len(LATEST_DAYS) * 4:
        moments[-len(LATEST_DAYS) :] = [now - timedelta(days=days, hours=3) for days in LATEST_DAYS]
    return sorted(moments)


def _beat(
    profile: Profile, name: str, created_at: datetime, now: datetime, dice: random.Random, *, is_draft: bool
) -> PlannedBeat:
    genres = tuple(dice.sample(profile.genres, dice.choice((1, 1, 2)[: len(profile.genres) + 1])))
    style = STYLES[genres[0]]
    bpm, key = dice.randint(*style.bpm), dice.randrange(12)
    scale = "minor" if dice.random() < style.minor else "major"
    delay = timedelta(minutes=dice.choice((7, 12, 25, 55, 180, 60 * 20, 60 * 44)))
    incomplete = dice.random()
    words = list(dict.fromkeys(word for genre in genres for word in titles.TAGS[genre]))
    return PlannedBeat(
        handle=profile.handle,
        name=name,
        genres=genres,
        bpm=bpm,
        key=key,
        scale=scale,
        seconds=round(dice.uniform(30.6, 39.8), 2),
        rate=44_100 if dice.random() < 0.1 else 22_050,
        created_at=created_at,
        published_at=None if is_draft else min(created_at + delay, now - timedelta(hours=20)),
        description="" if incomplete < 0.24 else titles.description(dice, bpm=bpm, key=key, scale=scale),
        tags=tuple(
            dice.sample(words, dice.randint(0, 2) if 0.16 < incomplete < 0.36 else min(4, len(words)))
        ),
        cover_style=dice.choice(STYLES_OF_COVERS),
        needs_clearance=dice.random() < 0.12,
        assisted=dice.random() < 0.07,
        reach=dice.lognormvariate(0, 0.7),
    )


def _invite(beats: list[PlannedBeat], dice: random.Random, joined: dict[str, datetime]) -> None:
    """Collaborations. Nobody works with Sable Ortiz yet: her owner stays a stranger to everybody."""
    published = [b for b in beats if b.published_at is not None and b.handle != SABLE]
    marlos = [b for b in published if b.handle == MARLO]
    for partner in [handle for handle in MARLOS_PARTNERS if handle in joined][: len(marlos) // 2]:
        beat = dice.choice([b for b in marlos if not b.invitations and joined[partner] <= b.created_at])
        beat.invitations.append(_invitation(partner, ACCEPTED, dice))
    for beat in published:
        there = [handle for handle in sorted(joined) if joined[handle] <= beat.created_at]
        others = [handle for handle in there if handle not in (beat.handle, SABLE, MARLO)]
        if beat.handle not in (MARLO, KIT) and others and dice.random() < 0.14:
            beat.invitations.append(_invitation(dice.choice(others), ACCEPTED, dice))
    _invite_around_marlo(published, dice)


def _invite_around_marlo(published: list[PlannedBeat], dice: random.Random) -> None:
    """Kit's newest beat waits for Marlo's answer, Marlo's newest for Kit's; two others are settled."""
    kits = [b for b in published if b.handle == KIT]
    marlos = [b for b in published if b.handle == MARLO and not b.invitations]
    for beat, answer in zip(reversed(kits), (OPEN, ACCEPTED, ACCEPTED), strict=False):
        beat.invitations.append(_invitation(MARLO, answer, dice))
    for beat, answer in zip(reversed(marlos), (OPEN, DECLINED), strict=False):
        beat.invitations.append(_invitation(KIT, answer, dice))


def _invitation(handle: str, answer: str, dice: random.Random) -> Invitation:
    return Invitation(handle, answer, timedelta(minutes=dice.choice((9, 40, 130, 700, 1400))))


def _collections(
    profiles: tuple[Profile, ...], beats: list[PlannedBeat], now: datetime, dice: random.Random
) -> Iterator[PlannedCollection]:
    names = iter(dice.sample(titles.COLLECTION_NAMES, len(titles.COLLECTION_NAMES)))
    for profile in profiles:
        own = [b for b in beats if b.handle == profile.handle and b.published_at is not None]
        if profile.handle == MARLO:
            yield from _marlos_collections(own, now, dice)
        elif len(own) >= 3 and profile.handle != SABLE:
            for kind, size in (("ep", 3), ("album", 6))[: 1 + (len(own) >= 9)]:
                chosen = dice.sample(own, min(size, len(own)))
                yield _collection(profile.handle, next(names), kind, chosen, dice)


def _marlos_collections(
    own: list[PlannedBeat], now: datetime, dice: random.Random
) -> Iterator[PlannedCollection]:
    """Six collections that follow each other; the last is created these days and released in eleven."""
    *released, (name, kind, size) = titles.MARLOS_COLLECTIONS
    for place, (title, form, beats) in enumerate(released):
        middle = len(own) * (place + 1) // (len(released) + 1)
        first = max(0, min(middle - beats // 2, len(own) - beats))
        yield _collection(MARLO, title, form, own[first : first + beats], dice)
    created_at = now - timedelta(days=3, hours=2)
    release_on = (now + timedelta(days=11)).date()
    newest = tuple(beat.name for beat in own[-size:])
    yield PlannedCollection(
        MARLO,
        name,
        kind,
        newest,
        created_at,
        release_on,
        is_public=False,
        cover_style=dice.choice(STYLES_OF_COVERS),
    )


def _collection(
    handle: str, name: str, kind: str, chosen: list[PlannedBeat], dice: random.Random
) -> PlannedCollection:
    created_at = max(beat.published_at or beat.created_at for beat in chosen) + timedelta(
        minutes=dice.randint(20, 600)
    )
    return PlannedCollection(
        handle=handle,
        name=name,
        kind=kind,
        beats=tuple(beat.name for beat in chosen),
        created_at=created_at,
        release_on=created_at.date() if dice.random() < 0.85 else None,
        is_public=dice.random() < 0.9,
        cover_style=dice.choice(STYLES_OF_COVERS),
    )
