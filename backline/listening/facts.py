"""What intake needs to know of catalogue and people when an event arrives: the facts of that moment."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from backline.catalog.models import Beat, Credit
from backline.people.models import Account, Artist
from backline.people.queries import member_account_ids

TTL = timedelta(seconds=2)
MOST_KEPT = 5_000


@dataclass(frozen=True)
class CreditFact:
    """An artist whose plays this beat counts in; a guest from the moment the credit was accepted."""

    artist_id: int
    since: datetime | None


@dataclass(frozen=True)
class BeatFacts:
    """A beat as intake sees it. `team` are the accounts that are members of a credited artist."""

    beat_id: int
    public: bool
    duration_ms: int
    credits: tuple[CreditFact, ...]
    team: frozenset[int]

    def artists_at(self, instant: datetime) -> tuple[int, ...]:
        """The artists that a listen or download of this instant counts for, lowest id first."""
        return tuple(
            sorted(
                credit.artist_id for credit in self.credits if credit.since is None or credit.since <= instant
            )
        )


class _Cache:
    """Facts of public beats, at most two seconds old. What is missing or private is always asked again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[int, tuple[datetime, BeatFacts]] = {}

    def get(self, beat_ids: Iterable[int], now: datetime) -> dict[int, BeatFacts]:
        with self._lock:
            held = ((beat_id, self._kept.get(beat_id)) for beat_id in beat_ids)
            return {beat_id: entry[1] for beat_id, entry in held if entry and abs(now - entry[0]) < TTL}

    def put(self, facts: Iterable[BeatFacts], now: datetime) -> None:
        with self._lock:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            self._kept.update({beat.beat_id: (now, beat) for beat in facts if beat.public})

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_cache = _Cache()


def clear() -> None:
    """Forgets all kept facts (tests, and a process that changed the catalogue itself)."""
    _cache.clear()


def beat_facts(beat_ids: Iterable[int], *, now: datetime) -> dict[int, BeatFacts]:
    """The facts of the beats that exist. Three statements for those not known from the last two seconds."""
    wanted = set(beat_ids)
    found = _cache.get(wanted, now)
    missing = wanted - found.keys()
    if missing:
        fresh = _read(missing)
        _cache.put(fresh.values(), now)
        found |= fresh
    return found


def artist_ids(handles: Iterable[str]) -> dict[str, int]:
    """The ids of the artists with these handles that are in good standing."""
    return dict(Artist.objects.filter(handle__in=set(handles), revoked_at=None).values_list("handle", "id"))


def known_artists(ids: Iterable[int]) -> set[int]:
    """Those of these ids that are artists in good standing."""
    return set(Artist.objects.filter(id__in=set(ids), revoked_at=None).values_list("id", flat=True))


def staff_by_account(account_ids: Iterable[int]) -> dict[int, bool]:
    """Which of these accounts exist, and whether they are staff."""
    wanted = set(account_ids)
    return dict(Account.objects.filter(id__in=wanted).values_list("id", "is_staff")) if wanted else {}


def _read(beat_ids: set[int]) -> dict[int, BeatFacts]:
    beats = list(
        Beat.objects.filter(id__in=beat_ids, deleted_at=None)
        .select_related("artist", "recording")
        .only("state", "artist__revoked_at", "recording__duration_ms")
    )
    guests = _credits([beat.pk for beat in beats])
    credited = {
        beat.pk: (
            CreditFact(beat.artist_id, None),
            *(credit for credit in guests.get(beat.pk, []) if credit.artist_id != beat.artist_id),
        )
        for beat in beats
    }
    members = member_account_ids({credit.artist_id for some in credited.values() for credit in some})
    return {
        beat.pk: BeatFacts(
            beat_id=beat.pk,
            public=beat.state == Beat.State.PUBLIC and beat.artist.revoked_at is None,
            duration_ms=beat.recording.duration_ms,
            credits=credited[beat.pk],
            team=frozenset().union(*(members[credit.artist_id] for credit in credited[beat.pk])),
        )
        for beat in beats
    }


def _credits(beat_ids: Iterable[int]) -> dict[int, list[CreditFact]]:
    rows = Credit.objects.filter(beat_id__in=beat_ids, state=Credit.State.ACCEPTED)
    found: dict[int, list[CreditFact]] = {}
    for beat_id, artist_id, answered_at in rows.values_list("beat_id", "artist_id", "answered_at"):
        found.setdefault(beat_id, []).append(CreditFact(artist_id, answered_at))
    return found
