"""What members ask for and are told, and what staff take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from backline.core import sql
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


# Asked on every Dashboard.
_UNTOLD = """
SELECT award.id FROM standing_award award
WHERE award.artist_id = %s AND award.source = 'achievement' AND award.made_at >= %s AND award.reverses_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM standing_shown shown WHERE shown.account_id = %s AND shown.award_id = award.id)
"""


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
    ids = [award_id for (award_id,) in sql.rows(_UNTOLD, artist_id, now - NEWS_LASTS, account.pk)]
    if not ids:
        return []
    rows = [Shown(account=account, award_id=award_id, at=now) for award_id in ids]
    Shown.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Award.objects.filter(pk__in=ids).order_by("at", "id"))


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
