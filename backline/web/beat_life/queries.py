"""What the pages of a beat's life show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog.actions.trash import TRASH_LASTS
from backline.catalog.covers import Cover, beat_cover
from backline.catalog.models import Beat, BeatChange
from backline.catalog.queries.search import found_artists
from backline.catalog.wording import LABELS
from backline.core.paging import Paged, paged
from backline.people.models import Artist

PAGE = 50
SUGGESTED = 8


@dataclass(frozen=True)
class Line:
    """One change: who made it ("Backline" for the worker), when, what it was about."""

    at: datetime
    who: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Deleted:
    """A beat in the trash; `gone_at`: when it is gone for good."""

    id: int
    name: str
    state: str
    cover: Cover
    deleted_at: datetime
    gone_at: datetime


def history(beat: Beat, *, page: int) -> Paged[Line]:
    """A page of the beat's changes, the newest first. Two queries."""
    changes = BeatChange.objects.filter(beat=beat).select_related("by")
    return paged(changes, page=page, size=PAGE, read=_line)


def deleted(artist_id: int) -> list[Deleted]:
    """The artist's trash, the last deleted first. One query."""
    beats = Beat.objects.trashed().filter(artist=artist_id).order_by("-deleted_at")
    return [
        Deleted(
            id=beat.pk,
            name=beat.name,
            state=beat.get_state_display(),
            cover=beat_cover(beat),
            deleted_at=beat.deleted_at,
            gone_at=beat.deleted_at + TRASH_LASTS,
        )
        for beat in beats
        if beat.deleted_at is not None
    ]


def artists_like(text: str, *, besides: int) -> list[Artist]:
    """Artists to invite for what was typed, best first."""
    words = text.strip().removeprefix("@")[:80]
    ids = found_artists(words, limit=SUGGESTED + 1) if words else []
    by_id = Artist.objects.in_bulk(ids)
    return [by_id[number] for number in ids if number in by_id and number != besides][:SUGGESTED]


def _line(change: BeatChange) -> Line:
    return Line(
        at=change.at,
        who=str(change.by) if change.by else "Backline",
        label=LABELS.get(change.field, change.field),
        before=change.before,
        after=change.after,
    )
