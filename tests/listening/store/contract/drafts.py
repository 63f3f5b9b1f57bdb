"""Drafts as short as what they are about, and long random histories of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backline.listening.store.rows import (
    DownloadDraft,
    Draft,
    Flag,
    ImpressionsDraft,
    ListenDraft,
    Listener,
    MarkDraft,
    MarkKind,
    TermKind,
)

DAY_MS = 24 * 3_600_000
DAY = 20_530
LEE = Listener(account="p:1:lee")
ARTISTS = {1: (1,), 2: (2,), 3: (1, 2), 4: (3,)}


def listen(number: int, **more: Any) -> ListenDraft:
    """A back end's final listen of a minute, ten minutes after the one with the number before."""
    started_ms = more.pop("started_ms", DAY * DAY_MS + number * 600_000)
    beat = more.pop("beat", 1)
    draft = ListenDraft(
        id=UUID(int=number + 1).bytes,
        beat=beat,
        artists=ARTISTS[beat],
        team=frozenset(),
        listener=LEE,
        day=started_ms // DAY_MS,
        hour=started_ms // 3_600_000 % 24,
        started_ms=started_ms,
        first_ms=started_ms,
        received_ms=started_ms + 60_000,
        heard=((0, 60_000),),
        final=True,
        beat_ms=180_000,
        flags=Flag.BACK_END,
        terms={TermKind.SOURCE: "direct", TermKind.COUNTRY: "DE"},
    )
    return draft._replace(**more)


def download(number: int, **more: Any) -> DownloadDraft:
    """A download an hour after the one with the number before."""
    at_ms = more.pop("at_ms", DAY * DAY_MS + number * 3_600_000)
    beat = more.pop("beat", 1)
    draft = DownloadDraft(
        id=UUID(int=(1 << 64) + number).bytes,
        beat=beat,
        artists=ARTISTS[beat],
        team=frozenset(),
        listener=LEE,
        day=at_ms // DAY_MS,
        hour=at_ms // 3_600_000 % 24,
        at_ms=at_ms,
        received_ms=at_ms,
        licence_type="standard",
        licence_url="https://example.com/licence",
        flags=Flag.BACK_END,
    )
    return draft._replace(**more)


def impressions(number: int, *beats: int, day: int = DAY) -> ImpressionsDraft:
    """A page view with these beats on it."""
    return ImpressionsDraft(UUID(int=(2 << 64) + number).bytes, beats, day, day * DAY_MS)


def like(number: int, beat: int = 1, *, account: str = "p:1:lee", day: int = DAY) -> MarkDraft:
    """A like by a listener of another platform."""
    draft_id = UUID(int=(3 << 64) + number).bytes
    return MarkDraft(draft_id, MarkKind.LIKE, beat, ARTISTS[beat], account, day, day * DAY_MS)


@dataclass(frozen=True)
class Arrival:
    """A batch and the moment of its arrival."""

    at_ms: int
    drafts: Sequence[Draft]


def history(*, seed: int, batches: int, days: int = 3, first_day: int = DAY) -> Iterator[Arrival]:
    """Batches in the order they arrive: of every kind, with repeats, checkpoints and much that will not count."""
    dice = random.Random(seed)
    step = days * DAY_MS // batches
    sent: list[Draft] = []
    for number in range(batches):
        now_ms = first_day * DAY_MS + number * step + dice.randrange(step)
        drafts = [_any(dice, number * 1_000 + n, now_ms, sent) for n in range(dice.randint(1, 25))]
        sent = [*sent, *drafts][-60:]
        yield Arrival(now_ms, drafts)


def _any(dice: random.Random, number: int, now_ms: int, sent: Sequence[Draft]) -> Draft:
    kind = dice.random()
    beat = dice.choice(list(ARTISTS))
    if kind < 0.08 and sent:
        return dice.choice(sent)
    if kind < 0.14:
        return impressions(number, beat, *dice.sample([5, 6, 7], 2), day=now_ms // DAY_MS)
    if kind < 0.2:
        return like(number, beat, account=f"p:1:{dice.choice('abc')}", day=now_ms // DAY_MS)
    if kind < 0.3:
        listener = dice.choice([LEE, Listener(account="a:7"), Listener(address="203.0.113.9")])
        return download(number, beat=beat, at_ms=now_ms, listener=listener, flags=_flags(dice))
    if kind < 0.45 and (running := [one for one in sent if isinstance(one, ListenDraft) and not one.final]):
        return _later(dice, dice.choice(running), now_ms)
    return _listen(dice, number, beat, now_ms)


def _listen(dice: random.Random, number: int, beat: int, now_ms: int) -> ListenDraft:
    backwards = dice.choice([60_000, 600_000, 20 * 3_600_000])
    started_ms = max(now_ms - dice.randrange(backwards), 0)
    listeners = [Listener(account=f"p:1:{name}") for name in "abcdefgh"] + [Listener(account="a:7")]
    listeners += [
        Listener(visitor=f"v{dice.randint(1, 4)}", address=f"203.0.113.{dice.randint(1, 5)}"),
        Listener(address=f"203.0.113.{dice.randint(1, 5)}"),
        Listener(),
    ]
    terms = {
        TermKind.DEVICE: dice.choice(["phone", "computer"]),
        TermKind.COUNTRY: dice.choice(["DE", "FR", ""]),
        TermKind.SOURCE: dice.choice(["direct", "search", "external:blog.example"]),
    }
    return listen(
        number,
        beat=beat,
        started_ms=started_ms,
        received_ms=now_ms,
        first_ms=now_ms,
        listener=dice.choice(listeners),
        team=frozenset({7}) if dice.random() < 0.3 else frozenset(),
        heard=((0, dice.choice([9_000, 31_000, 60_000, 180_000])),),
        final=dice.random() < 0.8,
        flags=_flags(dice),
        terms=terms,
    )


def _later(dice: random.Random, running: ListenDraft, now_ms: int) -> ListenDraft:
    heard = ((0, running.heard[-1][1] + dice.choice([0, 15_000, 45_000])),)
    return running._replace(received_ms=now_ms, heard=heard, final=dice.random() < 0.5)


def _flags(dice: random.Random) -> Flag:
    odd = [Flag.ROBOT, Flag.UNAVAILABLE, Flag.STAFF, Flag(0), Flag(0), Flag(0), Flag(0), Flag(0)]
    return Flag.BACK_END | dice.choice(odd)
