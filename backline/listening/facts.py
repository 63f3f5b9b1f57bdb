"""What intake needs to know of catalogue and people when an event arrives: the facts of that moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backline.core import sql
from backline.core.recent import Recent
from backline.people.models import Account, Artist, Member

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


# Facts of public beats. What is missing or private is always asked again.
_recent: Recent[int, BeatFacts] = Recent(for_=TTL, most=MOST_KEPT)


def clear() -> None:
    """Forgets all kept facts (tests, and a process that changed the catalogue itself)."""
    _recent.clear()


def beat_facts(beat_ids: Iterable[int], *, now: datetime) -> dict[int, BeatFacts]:
    """The facts of the beats that exist. Three statements for those not known from the last two seconds."""
    found: dict[int, BeatFacts] = {}
    missing: set[int] = set()
    for beat_id in beat_ids:
        if (beat := _recent.get(beat_id, now)) is None:
            missing.add(beat_id)
        else:
            found[beat_id] = beat
    if missing:
        fresh = _read(missing)
        for beat in fresh.values():
            if beat.public:
                _recent.put(beat.beat_id, beat, now)
        found |= fresh
    return found


def artist_ids(handles: Iterable[str]) -> dict[str, int]:
    """The ids of the artists with these handles that are in good standing."""
    return dict(Artist.objects.filter(handle__in=set(handles), revoked_at=None).values_list("handle", "id"))


def known_artists(ids: Iterable[int]) -> set[int]:
    """Those of these ids that are artists in good standing."""
    return set(Artist.objects.filter(id__in=set(ids), revoked_at=None).values_list("id", flat=True))


def staff_by_account(account_ids: Iterable[int]) -> dict[int, bool]:
    """Which of these accounts exist, deleted ones not, and whether they are staff."""
    return {account_id: bool(staff) for account_id, staff in _among(_STAFF, set(account_ids))}


def deleted_accounts(*, until: datetime) -> Iterator[tuple[int, datetime]]:
    """The ids of accounts that were deleted until a moment, and when."""
    gone = Account.objects.filter(deleted_at__lte=until).order_by("pk")
    for pk, at in gone.values_list("pk", "deleted_at").iterator():
        assert at is not None
        yield pk, at


def is_member(account_id: int) -> bool:
    """Whether the account is a member of an artist."""
    return Member.objects.filter(account_id=account_id).exists()


# Plain statements: intake asks at every event of a beat that nobody played in the last two seconds, and building a
# query costs the ORM ten times as long as the database takes to answer it.
_BEATS = """
SELECT beat.id, beat.artist_id, recording.duration_ms,
       CASE WHEN beat.state = 'public' AND artist.revoked_at IS NULL THEN 1 ELSE 0 END
FROM catalog_beat beat
JOIN people_artist artist ON artist.id = beat.artist_id
JOIN catalog_recording recording ON recording.id = beat.recording_id
WHERE beat.deleted_at IS NULL AND beat.id IN ({ids})
"""
_CREDITS = """
SELECT beat_id, artist_id, answered_at FROM catalog_credit WHERE state = 'accepted' AND beat_id IN ({ids}) ORDER BY id
"""
_MEMBERS = "SELECT artist_id, account_id FROM people_member WHERE artist_id IN ({ids})"
_STAFF = "SELECT id, is_staff FROM people_account WHERE deleted_at IS NULL AND id IN ({ids})"


def _read(beat_ids: set[int]) -> dict[int, BeatFacts]:
    beats = _among(_BEATS, beat_ids)
    if not beats:
        return {}
    credited = {beat_id: [CreditFact(artist_id, None)] for beat_id, artist_id, _, _ in beats}
    for beat_id, artist_id, answered_at in _among(_CREDITS, credited):
        if artist_id != credited[beat_id][0].artist_id:
            credited[beat_id].append(CreditFact(artist_id, answered_at and sql.instant(answered_at)))
    teams: dict[int, set[int]] = {}
    for artist_id, account_id in _among(
        _MEMBERS, {one.artist_id for some in credited.values() for one in some}
    ):
        teams.setdefault(artist_id, set()).add(account_id)
    return {
        beat_id: BeatFacts(
            beat_id=beat_id,
            public=bool(is_public),
            duration_ms=duration_ms,
            credits=tuple(credited[beat_id]),
            team=frozenset().union(*(teams.get(credit.artist_id, ()) for credit in credited[beat_id])),
        )
        for beat_id, _, duration_ms, is_public in beats
    }


def _among(statement: str, ids: Iterable[int]) -> list[tuple[Any, ...]]:
    wanted = [*ids]
    return sql.rows(statement.format(ids=sql.marks(wanted)), *wanted) if wanted else []
