"""Copies: fingerprints kept, marks given, appeals made and answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from backline.catalog.actions.beats import change_state
from backline.catalog.models import Appeal, Beat, Fingerprint, Recording, Term
from backline.people.models import Account

LONGEST_NOTE = 2000
HEARD = (Beat.State.PUBLIC, Beat.State.PRIVATE)


class CannotAppeal(Exception):
    """There is nothing to appeal against, or it was done; the text says which."""


def keep_fingerprint(recording: Recording, *, words: bytes, terms: Iterable[tuple[int, int]]) -> None:
    """Makes a recording known to the search for copies; `terms` are (place, word). Repeating it changes nothing."""
    with transaction.atomic():
        Fingerprint.objects.update_or_create(recording=recording, defaults={"words": words})
        Term.objects.filter(recording=recording).delete()
        Term.objects.bulk_create(
            [Term(word=word, recording=recording, place=place) for place, word in terms], batch_size=200
        )


def mark_copies(recording: Recording, *, alike: Iterable[tuple[int, int]], now: datetime) -> None:
    """Marks the later of two recordings that sound the same: of `recording` and each other's (id, basis points).

    Of two uploads that are looked at in either order, the one stored later is the copy. A public or private beat of
    a copy of another artist's recording becomes a draft again.
    """
    for other_id, alike_bp in alike:
        earlier, later = sorted((recording.pk, other_id))
        with transaction.atomic():
            marked = Recording.objects.filter(pk=later, alike_bp__lt=alike_bp).update(
                same_as_id=earlier, alike_bp=alike_bp
            )
            copies = Beat.objects.filter(
                recording_id=later, recording__copy_allowed_at=None, state__in=HEARD
            ).exclude(artist_id=F("recording__same_as__artist_id"))
            for beat in copies.select_for_update(of=("self",)) if marked else ():
                change_state(beat, Beat.State.DRAFT, now=now, by=None)


def appeal(recording: Recording, *, by: Account, note: str, now: datetime) -> Appeal:
    """Asks staff to let a recording be published; the same artist asks once.

    Raises:
        CannotAppeal: the recording is no copy of another artist's, the note is empty, or it was appealed before.
    """
    note = note.strip()[:LONGEST_NOTE]
    if not recording.is_anothers:
        raise CannotAppeal("This recording is not held back.")
    if not note:
        raise CannotAppeal("Say why the recording is yours to publish.")
    made, is_new = Appeal.objects.get_or_create(
        recording=recording, defaults={"by": by, "note": note, "at": now}
    )
    if not is_new and made.note != note:
        raise CannotAppeal("You have appealed already; the team will answer.")
    return made


def answer_appeal(appeal_id: int, *, by: Account, allow: bool, answer: str, now: datetime) -> bool:
    """Staff allow the recording or not; says whether it waited for an answer: later ones change nothing."""
    with transaction.atomic():
        answered = Appeal.objects.filter(pk=appeal_id, answered_at=None).update(
            allowed=allow, answer=answer.strip()[:LONGEST_NOTE], answered_by=by, answered_at=now
        )
        if answered and allow:
            Recording.objects.filter(appeal=appeal_id).update(copy_allowed_at=now)
    return bool(answered)
