"""Looking for the code of a proof where the applicant said it would be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F

from backline.integrations import names, outside
from backline.people.models import Proof

TRIES = 20
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
CLAIM_LASTS = timedelta(minutes=2)
Descriptions = Callable[[int], list[str]]
"""The descriptions of an artist's public beats: given by who may read the catalogue."""


def check_next_proof(*, now: datetime, descriptions: Descriptions) -> bool:
    """Looks for one waiting proof; says whether there was one. What is missing is looked for again, ever later."""
    proof = (
        Proof.objects.filter(state=Proof.State.WAITING, next_at__lte=now).order_by("next_at", "pk").first()
    )
    if proof is None:
        return False
    mine = Proof.objects.filter(pk=proof.pk, state=Proof.State.WAITING, next_at=proof.next_at)
    if mine.update(next_at=now + CLAIM_LASTS, tries=F("tries") + 1):
        proof.tries += 1
        _conclude(proof, _look(proof, descriptions), now)
    return True


def _look(proof: Proof, descriptions: Descriptions) -> str:
    """Why it was not found; empty when it was."""
    try:
        texts = _texts(proof, descriptions)
    except (names.NoAnswer, outside.Refused) as reason:
        return str(reason)
    if any(proof.code in text for text in texts):
        return ""
    return "We looked there, and the code is not there yet."


def _texts(proof: Proof, descriptions: Descriptions) -> list[str]:
    if proof.method == "dns":
        return names.txt_records(f"_backline.{proof.place}")
    if proof.method == "link":
        return [outside.read_page(proof.place)]
    artist_id = proof.application.artist_id
    return descriptions(artist_id) if artist_id is not None else []


def _conclude(proof: Proof, why_not: str, now: datetime) -> None:
    """Writes down what was found; of a proof that was withdrawn while we looked nothing is left to write to."""
    said, state = why_not[:300] or "The code is there.", proof.state
    if not why_not:
        state = Proof.State.FOUND
    elif proof.tries >= TRIES:
        state = Proof.State.MISSING
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (proof.tries - 1))
    Proof.objects.filter(pk=proof.pk).update(said=said, state=state, checked_at=now, next_at=now + pause)
