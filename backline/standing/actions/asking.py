"""What members ask for and are told, and what staff take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from backline.domain.xp import Source
from backline.people.models import Account, Artist
from backline.standing.actions.artists import basis_of, hold, make_tallies, recompute
from backline.standing.actions.plays import award_artist
from backline.standing.diff import reversal
from backline.standing.models import Award, Shown, Tally

REST = timedelta(seconds=10)
"""A new computation can be asked for again after so long."""
NEWS_LASTS = timedelta(days=14)
"""An unlock is told to an account that looks within this time, not to one that joins a year later."""


def ask_refresh(artist: Artist, *, now: datetime) -> bool:
    """Queues a new computation of this artist; says whether it did. At most once every ten seconds."""
    make_tallies([artist.pk])
    rested = Q(wanted_at__isnull=True) & (Q(asked_at__isnull=True) | Q(asked_at__lte=now - REST))
    asked = Tally.objects.filter(rested, pk=artist.pk).update(wanted_at=now, asked_at=now)
    return bool(asked)


def answer_request(*, now: datetime) -> bool:
    """Computes the artist that has waited longest; says whether there was one."""
    tally = Tally.objects.filter(wanted_at__isnull=False).order_by("wanted_at").first()
    if tally is None:
        return False
    award_artist(tally.pk, now=now)
    recompute([tally.pk], basis=basis_of(tally.pk), now=now)
    # A request that came in while this ran stays.
    Tally.objects.filter(pk=tally.pk, wanted_at=tally.wanted_at).update(wanted_at=None)
    return True


def claim_unlocks(account: Account, *, artist_id: int, now: datetime) -> Sequence[Award]:
    """The recent unlocks of an artist that this account was not told about; after this it was."""
    awards = Award.objects.filter(
        artist_id=artist_id, source=Source.ACHIEVEMENT, reverses__isnull=True, made_at__gte=now - NEWS_LASTS
    )
    new = list(awards.exclude(shown__account=account).order_by("at", "id"))
    if new:
        rows = [Shown(account=account, award=award, at=now) for award in new]
        Shown.objects.bulk_create(rows, ignore_conflicts=True)
    return new


def withdraw_achievement(artist: Artist, *, key: str, note: str, now: datetime) -> bool:
    """Takes an achievement back for good, by a case of staff; says whether it was there."""
    with transaction.atomic():
        tally = hold([artist.pk])[artist.pk]
        award = Award.objects.filter(
            artist=artist, source=Source.ACHIEVEMENT, rule=key, reverses__isnull=True, reversal__isnull=True
        ).first()
        if award is None:
            return False
        reversal(award, note=note, now=now).save()
        keys = [each for each in tally.unlocked if each != key]
        Tally.objects.filter(pk=artist.pk).update(
            xp=F("xp") - award.amount, unlocked=keys, achievements=len(keys)
        )
    return True
