"""Credits: an artist named on a beat counts once they accepted."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from backline.catalog.actions.history import note_change
from backline.catalog.models import Beat, Credit, Share, ShareTable
from backline.outbox.actions import notify
from backline.people.models import Account, Artist
from backline.people.queries import owner_ids

log = logging.getLogger("backline.catalog")
MOST_CREDITS = 20


class CannotInvite(Exception):
    """This artist cannot be invited; the text says why."""


class NotInvited(Exception):
    """There is no open invitation to answer."""


class HasShare(Exception):
    """The artist has a part in the beat's shares: it can be taken away only by shares the artist accepts."""


def invite_credit(
    beat: Beat, *, artist: Artist, now: datetime, by: Account | None = None, quietly: bool = False
) -> Credit:
    """Invites another artist to the beat's credits. One who declined is asked again; else repeating changes nothing.

    `quietly`: nobody is told, for a past that is made up.

    Raises:
        CannotInvite: the beat's own artist, an artist who is not in good standing, or a full list.
    """
    if artist.pk == beat.artist_id:
        raise CannotInvite(f"{artist.name} is the beat's own artist and already credited.")
    if artist.revoked_at is not None:
        raise CannotInvite(f"{artist.name} cannot be credited at the moment.")
    with transaction.atomic():
        hold_credits(beat.pk)
        credit = Credit.objects.filter(beat=beat, artist=artist).first()
        if credit is not None and credit.state != Credit.State.DECLINED:
            return credit
        credit = _asked_again(credit, now) if credit else _new_credit(beat, artist, now)
        if not quietly:
            note_change(beat, "credits", "", f"{artist.name} invited", by=by, now=now)
            text = f"{beat.artist.name} invites {artist.name} to be credited on {beat.name}."
            _tell("credit_invited", credit, text, to=artist.pk, now=now)
    return credit


def invite_those_who_can(beat: Beat, artists: Iterable[Artist], *, now: datetime) -> None:
    """Invites these artists; the beat starts without those who cannot be credited at the moment."""
    for artist in artists:
        try:
            invite_credit(beat, artist=artist, now=now)
        except CannotInvite as refusal:
            log.info("beat %d: %s", beat.pk, refusal)


def withdraw_credit(beat: Beat, *, artist: Artist, now: datetime, by: Account | None = None) -> bool:
    """Takes another artist off the beat, invited or accepted; says whether there was one. The own artist stays.

    Shares that the artist has not accepted end with it.

    Raises:
        HasShare: the artist accepted a part of the beat's shares.
    """
    with transaction.atomic():
        hold_credits(beat.pk)
        credit = Credit.objects.filter(beat=beat, artist=artist).exclude(artist_id=beat.artist_id).first()
        if credit is None:
            return False
        own = Share.objects.filter(table__beat=beat, table__ended_at=None, artist=artist).order_by("table_id")
        agreed = own.exclude(accepted_at=None).last()
        if agreed is not None and agreed.share_bp:
            raise HasShare(
                f"{artist.name} has a part of {beat.name}. Propose shares that give them 0 %; once they accept, "
                "you can remove them."
            )
        ShareTable.objects.filter(parts__in=own.filter(accepted_at=None)).update(ended_at=now)
        credit.delete()
        note_change(beat, "credits", artist.name, "removed", by=by, now=now)
    return True


def answer_credit(credit: Credit, *, accept: bool, now: datetime, quietly: bool = False) -> Credit:
    """The invited artist accepts or declines. The same answer again changes nothing.

    Declining ends shares that name the artist. `quietly` as in `invite_credit`.

    Raises:
        NotInvited: it was withdrawn, or answered the other way.
    """
    answer = Credit.State.ACCEPTED if accept else Credit.State.DECLINED
    with transaction.atomic():
        hold_credits(credit.beat_id)
        open_ones = Credit.objects.filter(pk=credit.pk, state=Credit.State.INVITED)
        is_new = open_ones.update(state=answer, answered_at=now)
        fresh = Credit.objects.filter(pk=credit.pk).select_related("artist", "beat__artist").first()
        if fresh is None or fresh.state != answer:
            raise NotInvited("This invitation is no longer open.")
        if is_new and not quietly:
            _note_answer(fresh, now)
    return fresh


def hold_credits(beat_id: int) -> None:
    """Nobody else changes the beat, its credits and shares until the transaction ends."""
    Beat.objects.select_for_update().get(pk=beat_id)


def _note_answer(credit: Credit, now: datetime) -> None:
    beat, artist = credit.beat, credit.artist
    accepted = credit.state == Credit.State.ACCEPTED
    if not accepted:
        waiting = Share.objects.filter(table__beat=beat, artist=artist, accepted_at=None)
        ShareTable.objects.filter(parts__in=waiting, ended_at=None).update(ended_at=now)
    word = "accepted" if accepted else "declined"
    note_change(beat, "credits", f"{artist.name} invited", f"{artist.name} {word}", by=None, now=now)
    text = f"{artist.name} {word} being credited on {beat.name}."
    _tell("credit_accepted" if accepted else "credit_declined", credit, text, to=beat.artist_id, now=now)


def _asked_again(credit: Credit, now: datetime) -> Credit:
    credit.state, credit.invited_at, credit.answered_at = Credit.State.INVITED, now, None
    credit.save(update_fields=["state", "invited_at", "answered_at"])
    return credit


def _tell(kind: str, credit: Credit, text: str, *, to: int, now: datetime) -> None:
    """The owners of the artist `to`. An invitation made anew is told anew."""
    invited = kind == "credit_invited"
    notify(
        kind,
        account_ids=owner_ids(to),
        now=now,
        text=text[:300],
        url=f"/backstage/credits/{credit.pk}/" if invited else f"/backstage/beats/{credit.beat_id}/",
        key=f"credit:{credit.pk}:{credit.invited_at:%Y%m%d%H%M%S}",
        artist_id=to,
    )


def _new_credit(beat: Beat, artist: Artist, now: datetime) -> Credit:
    credits = Credit.objects.filter(beat=beat)
    if credits.count() >= MOST_CREDITS:
        raise CannotInvite(f"A beat names at most {MOST_CREDITS} artists.")
    last = credits.aggregate(last=Max("position"))["last"] or 0
    return Credit.objects.create(
        beat=beat, artist=artist, position=last + 1, state=Credit.State.INVITED, invited_at=now
    )
