"""Licences: an account may use a beat."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.catalog.actions import mark_licensed
from backline.catalog.models import Beat
from backline.outbox.actions import record_fact
from backline.outbox.models import Fact
from backline.people.models import Account
from backline.shop.models import Licence, Sale


def issue_licence(
    beat: Beat, *, account: Account, kind: str, now: datetime, sale: Sale | None = None
) -> Licence:
    """The account's licence of this kind; the one that stands when there is one."""
    with transaction.atomic():
        Beat.objects.select_for_update().get(pk=beat.pk)
        standing = Licence.objects.filter(beat=beat, account=account, kind=kind, revoked_at=None).first()
        if standing is not None:
            return standing
        licence = Licence.objects.create(
            beat=beat, artist_id=beat.artist_id, account=account, kind=kind, sale=sale, issued_at=now
        )
        mark_licensed(beat.pk, now=now)
        _tell(Fact.Kind.LICENCE_ISSUED, licence, now)
    return licence


def revoke_licence(licence: Licence, *, now: datetime) -> bool:
    """Takes it back; says whether it stood."""
    with transaction.atomic():
        revoked = Licence.objects.filter(pk=licence.pk, revoked_at=None).update(revoked_at=now)
        if revoked:
            _tell(Fact.Kind.LICENCE_REVOKED, licence, now)
    return bool(revoked)


def _tell(kind: Fact.Kind, licence: Licence, now: datetime) -> None:
    record_fact(
        kind, account_id=licence.account_id, artist_id=licence.artist_id, beat_id=licence.beat_id, now=now
    )
