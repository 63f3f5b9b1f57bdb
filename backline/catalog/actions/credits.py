"""Credits: an artist named on a beat counts once they accepted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from backline.catalog.models import Beat, Credit
from backline.people.models import Artist

MOST_CREDITS = 20


class CannotInvite(Exception):
    """This artist cannot be invited; the text says why."""


class NotInvited(Exception):
    """There is no open invitation to answer."""


def invite_credit(beat: Beat, *, artist: Artist, now: datetime) -> Credit:
    """Invites another artist to the beat's credits. One who declined is asked again; else repeating changes nothing.

    Raises:
        CannotInvite: the beat's own artist, an artist who is not in good standing, or a full list.
    """
    if artist.pk == beat.artist_id:
        raise CannotInvite(f"{artist.name} is the beat's own artist and already credited.")
    if artist.revoked_at is not None:
        raise CannotInvite(f"{artist.name} cannot be credited at the moment.")
    with transaction.atomic():
        credit = Credit.objects.filter(beat=beat, artist=artist).first()
        if credit is None:
            return _new_credit(beat, artist, now)
        if credit.state == Credit.State.DECLINED:
            credit.state, credit.invited_at, credit.answered_at = Credit.State.INVITED, now, None
            credit.save(update_fields=["state", "invited_at", "answered_at"])
    return credit


def withdraw_credit(beat: Beat, *, artist: Artist) -> bool:
    """Takes another artist off the beat, invited or accepted; says whether there was one. The own artist stays."""
    deleted, _ = Credit.objects.filter(beat=beat, artist=artist).exclude(artist_id=beat.artist_id).delete()
    return bool(deleted)


def answer_credit(credit: Credit, *, accept: bool, now: datetime) -> Credit:
    """The invited artist accepts or declines. The same answer again changes nothing.

    Raises:
        NotInvited: it was withdrawn, or answered the other way.
    """
    answer = Credit.State.ACCEPTED if accept else Credit.State.DECLINED
    Credit.objects.filter(pk=credit.pk, state=Credit.State.INVITED).update(state=answer, answered_at=now)
    fresh = Credit.objects.filter(pk=credit.pk).first()
    if fresh is None or fresh.state != answer:
        raise NotInvited("This invitation is no longer open.")
    return fresh


def _new_credit(beat: Beat, artist: Artist, now: datetime) -> Credit:
    credits = Credit.objects.filter(beat=beat)
    if credits.count() >= MOST_CREDITS:
        raise CannotInvite(f"A beat names at most {MOST_CREDITS} artists.")
    last = credits.aggregate(last=Max("position"))["last"] or 0
    return Credit.objects.create(
        beat=beat, artist=artist, position=last + 1, state=Credit.State.INVITED, invited_at=now
    )
