"""Cases for the two sides that read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backline.core import sql
from backline.core.paging import Paged, paged
from backline.listening.models import Case, CaseStep

PER_PAGE = 25


_FIELDS = (
    "id",
    "state",
    "reason",
    "from_at",
    "until_at",
    "opened_at",
    "appeal_until",
    "plays",
    "closed_plays",
)
# Read by every Dashboard and Activity page: see core/sql.py for why the ORM does not build it.
_OF_ARTIST = f"""
SELECT {", ".join(f"listening_case.{name}" for name in _FIELDS)}, beat.name, artist.name
FROM listening_case
JOIN catalog_beat beat ON beat.id = listening_case.beat_id JOIN people_artist artist ON artist.id = beat.artist_id
WHERE listening_case.beat_id IN (
    SELECT beat_id FROM catalog_credit WHERE artist_id = %s AND state = 'accepted')
  AND listening_case.state IN ({sql.marks(Case.CHANGES)})
ORDER BY listening_case.id DESC LIMIT %s
"""


@dataclass(frozen=True)
class CaseLine:
    """A case in a list. `plays` is None until they were withdrawn."""

    id: int
    beat: str
    artist: str
    state: str
    label: str
    reason: str
    from_at: datetime
    until_at: datetime
    opened_at: datetime
    appeal_until: datetime | None
    plays: int | None
    closed_plays: int | None
    can_appeal: bool


@dataclass(frozen=True)
class Step:
    """What somebody did in a case: the words for it, who (empty: the platform itself), when, what they wrote."""

    title: str
    who: str
    at: datetime
    text: str


def cases_of_beat(beat_id: int, *, now: datetime) -> list[CaseLine]:
    """The cases that producers see of a beat, newest first. One query."""
    cases = Case.objects.filter(beat_id=beat_id, state__in=Case.CHANGES)
    return [_line(case, now) for case in cases.select_related("beat__artist")]


def cases_of_artist(artist_id: int, *, limit: int, now: datetime) -> list[CaseLine]:
    """The newest cases on beats the artist is credited on, deleted ones too. One query."""
    rows = sql.rows(_OF_ARTIST, artist_id, *Case.CHANGES, limit)
    return [_artist_line(row, now) for row in rows]


def all_cases(*, state: str = "", page: int = 1, now: datetime) -> Paged[CaseLine]:
    """A page of every case, or of those in one state, for staff; the newest first. Two queries."""
    cases = Case.objects.select_related("beat__artist")
    if state:
        cases = cases.filter(state=state)
    return paged(cases, page=page, size=PER_PAGE, read=lambda case: _line(case, now))


def case_steps(case_id: int, *, for_staff: bool) -> list[Step]:
    """The steps of a case, oldest first. Producers read *Staff* where staff read a name."""
    steps = CaseStep.objects.filter(case_id=case_id).select_related("account")
    return [
        Step(step.get_kind_display(), _who(step, for_staff=for_staff), step.at, step.text) for step in steps
    ]


def _who(step: CaseStep, *, for_staff: bool) -> str:
    if step.kind in (CaseStep.Kind.APPLIED, CaseStep.Kind.RESTORED):
        return ""
    if step.by_staff and not for_staff:
        return "Staff"
    return step.account.name if step.account else "a deleted account"


def _artist_line(row: tuple[Any, ...], now: datetime) -> CaseLine:
    """A row of `_OF_ARTIST`."""
    *fields, beat, artist = sql.instants(row)
    case = Case(**dict(zip(_FIELDS, fields, strict=True)))
    return _named(case, beat=beat, artist=artist, now=now)


def _line(case: Case, now: datetime) -> CaseLine:
    return _named(case, beat=case.beat.name, artist=case.beat.artist.name, now=now)


def _named(case: Case, *, beat: str, artist: str, now: datetime) -> CaseLine:
    return CaseLine(
        id=case.pk,
        beat=beat,
        artist=artist,
        state=case.state,
        label=case.get_state_display(),
        reason=case.reason,
        from_at=case.from_at,
        until_at=case.until_at,
        opened_at=case.opened_at,
        appeal_until=case.appeal_until,
        plays=case.plays,
        closed_plays=case.closed_plays,
        can_appeal=case.can_appeal(now),
    )
