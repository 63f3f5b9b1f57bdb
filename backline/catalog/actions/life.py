"""A beat's life: scheduled, private, archived; and what a sale or a licence means for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.catalog.actions.beats import (
    NotPossible,
    change_state,
    demand_publishable,
    publish_beat,
)
from backline.catalog.actions.links import new_link
from backline.catalog.fields import Incomplete
from backline.catalog.models import Beat, PrivateLink
from backline.catalog.queries.originality import hindrances
from backline.outbox.actions import notify
from backline.people.models import Account
from backline.people.queries import owner_ids

STATES = Beat.State


class InThePast(NotPossible):
    """A beat cannot be published at a time that is over."""


def schedule_beat(beat: Beat, *, at: datetime, now: datetime, by: Account | None = None) -> Beat:
    """Has a draft or private beat published at an instant to come; again: at another one.

    Raises:
        InThePast: `at` is not later than `now`. Incomplete: what publishing waits for.
        NotPossible: it is public, archived, or sold exclusively.
    """
    if at <= now:
        raise InThePast("This time is over. Choose one that is still to come.")
    with transaction.atomic():
        beat = _held(beat)
        if beat.state == STATES.PUBLIC:
            raise NotPossible(f"{beat.name} is public already.")
        demand_publishable(beat)
        return change_state(beat, STATES.SCHEDULED, scheduled_at=at, now=now, by=by)


def cancel_schedule(beat: Beat, *, now: datetime, by: Account | None = None) -> Beat:
    """Makes a scheduled beat a draft; any other stays what it is."""
    with transaction.atomic():
        beat = _held(beat)
        if beat.state != STATES.SCHEDULED:
            return beat
        return change_state(beat, STATES.DRAFT, now=now, by=by)


def publish_next(*, now: datetime) -> bool:
    """Publishes the beat whose time came first; says whether there was one.

    One that may not be published any more becomes a draft, and its owners are told why.
    """
    with transaction.atomic():
        due = Beat.objects.kept().filter(state=STATES.SCHEDULED, scheduled_at__lte=now)
        beat = due.order_by("scheduled_at", "pk").select_for_update(skip_locked=True).first()
        if beat is None:
            return False
        try:
            publish_beat(beat, now=now)
        except (Incomplete, NotPossible) as refusal:
            _tell_why(beat, str(refusal), now)
            change_state(beat, STATES.DRAFT, now=now, by=None)
    return True


def make_private(beat: Beat, *, now: datetime, by: Account | None = None) -> PrivateLink:
    """Takes a beat out of the public and answers its private link; one that is private keeps the link it has.

    Raises:
        NotPossible: it is archived, or its audio is held back.
    """
    with transaction.atomic():
        beat = _held(beat)
        if beat.state == STATES.ARCHIVED:
            raise NotPossible(f"{beat.name} is archived. Take it out of the archive first.")
        if held_back := hindrances(beat):
            raise NotPossible(held_back[0].sentence)
        if beat.state != STATES.PRIVATE:
            change_state(beat, STATES.PRIVATE, now=now, by=by)
        link = beat.links.filter(revoked_at=None).first()
        return link or new_link(beat, now=now, by=by)


def archive_beat(beat: Beat, *, now: datetime, by: Account | None = None) -> Beat:
    """Takes a beat out of sight and out of the pool; plays and licences stay. Repeating it changes nothing."""
    with transaction.atomic():
        beat = _held(beat)
        if beat.state == STATES.ARCHIVED:
            return beat
        # Its time may be over when it comes back, and the link ended: then it is a draft.
        lasting = beat.state if beat.state == STATES.PUBLIC else STATES.DRAFT
        return change_state(beat, STATES.ARCHIVED, archived_from=lasting, now=now, by=by)


def unarchive_beat(beat: Beat, *, now: datetime, by: Account | None = None) -> Beat:
    """Brings a beat back to what it was: public when it was and still may be, else a draft."""
    with transaction.atomic():
        beat = _held(beat)
        if beat.state != STATES.ARCHIVED:
            return beat
        was_public = beat.archived_from == STATES.PUBLIC
        beat = change_state(beat, STATES.DRAFT, now=now, by=by)
        if was_public:
            try:
                return publish_beat(beat, now=now, by=by)
            except (Incomplete, NotPossible):
                return beat
        return beat


def mark_licensed(beat_id: int, *, now: datetime) -> None:
    """Somebody has a licence of the beat: from now on it can only be archived. The first time stays."""
    Beat.objects.filter(pk=beat_id, licensed_at=None).update(licensed_at=now)


def mark_sold(beat_id: int, *, now: datetime) -> None:
    """An exclusive sale of the beat stands."""
    mark_licensed(beat_id, now=now)
    Beat.objects.filter(pk=beat_id, sold_at=None).update(sold_at=now)


def mark_unsold(beat_id: int) -> None:
    """The exclusive sale was reversed: the beat may be offered again."""
    Beat.objects.filter(pk=beat_id).update(sold_at=None)


def _held(beat: Beat) -> Beat:
    """The beat as it is now, kept from changing until the transaction ends."""
    return Beat.objects.kept().select_for_update().get(pk=beat.pk)


def _tell_why(beat: Beat, reason: str, now: datetime) -> None:
    notify(
        "schedule_failed",
        account_ids=owner_ids(beat.artist_id),
        now=now,
        text=f"{beat.name} was not published at its time. {reason}"[:300],
        url=f"/backstage/beats/{beat.pk}/",
        key=f"beat:{beat.pk}:{beat.scheduled_at:%Y%m%d%H%M}",
        artist_id=beat.artist_id,
    )
