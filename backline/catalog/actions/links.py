"""Private links: made, replaced, revoked, counted."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F

from backline.catalog.actions.beats import NotPossible
from backline.catalog.actions.history import note_change
from backline.catalog.models import Beat, PrivateLink
from backline.people.models import Account

TOKEN_BYTES = 32


def new_link(beat: Beat, *, now: datetime, by: Account | None) -> PrivateLink:
    """A link in place of the one before; the caller holds the beat and knows that it is private."""
    beat.links.filter(revoked_at=None).update(revoked_at=now)
    link = PrivateLink.objects.create(beat=beat, token=secrets.token_urlsafe(TOKEN_BYTES), by=by, made_at=now)
    note_change(beat, "link", "", "made", by=by, now=now)
    return link


def new_private_link(beat: Beat, *, now: datetime, by: Account | None = None) -> PrivateLink:
    """Another address for a private beat; the one before stops at once.

    Raises:
        NotPossible: the beat is not private.
    """
    with transaction.atomic():
        beat = Beat.objects.kept().select_for_update().get(pk=beat.pk)
        if beat.state != Beat.State.PRIVATE:
            raise NotPossible(f"{beat.name} is not private.")
        return new_link(beat, now=now, by=by)


def revoke_private_link(beat: Beat, *, now: datetime, by: Account | None = None) -> bool:
    """Nobody hears the beat by its link any more; says whether there was one."""
    with transaction.atomic():
        revoked = PrivateLink.objects.filter(beat=beat, revoked_at=None).update(revoked_at=now)
        if revoked:
            note_change(beat, "link", "made", "revoked", by=by, now=now)
    return bool(revoked)


def count_open(link: PrivateLink) -> None:
    """Somebody opened the page of the link."""
    PrivateLink.objects.filter(pk=link.pk).update(opens=F("opens") + 1)


def count_private_play(link: PrivateLink) -> None:
    """Somebody started the beat by the link."""
    PrivateLink.objects.filter(pk=link.pk).update(plays=F("plays") + 1)
