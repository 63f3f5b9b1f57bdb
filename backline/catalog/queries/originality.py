"""Whether a recording is known already, and what that means for its beat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from backline.catalog.models import Appeal, Beat, Fingerprint, Recording, Step, Term
from backline.core.portions import portions
from backline.domain.fingerprints import Print, worth_comparing
from backline.domain.quality import Missing

DUPLICATE = "This audio sounds like another artist's beat. Appeal if it is yours to publish."
NOT_CHECKED = "The audio could not be compared with what is here. Retry the analysis."


@dataclass(frozen=True)
class Copy:
    """The earlier recording that a recording sounds like. `beat` is the kept beat made of it, if any."""

    beat: Beat | None
    file_name: str
    alike_bp: int
    uploaded_at: datetime
    own: bool
    blocked: bool
    appeal: Appeal | None


def alike(recording: Recording) -> list[tuple[int, int]]:
    """Other recordings, of beats that are kept, which sound the same: (id, basis points), best first.

    Asks the index of terms for candidates and compares the best of them whole.
    """
    mine = Print(bytes(Fingerprint.objects.values_list("words", flat=True).get(recording=recording)))
    words = mine.distinct()
    shared: Counter[int] = Counter()
    for some in portions(words):
        found = Term.objects.filter(word__in=some)
        shared.update(found.exclude(recording=recording).values_list("recording_id", flat=True))
    candidates = worth_comparing(shared)
    kept = Fingerprint.objects.filter(recording__in=candidates, recording__beats__deleted_at=None)
    theirs = {print.recording_id: Print(bytes(print.words)) for print in kept.distinct()}
    matches = [(other, mine.match(theirs[other])) for other in candidates if other in theirs]
    same = [(other, match.alike_bp) for other, match in matches if match and match.duplicate]
    return sorted(same, key=lambda pair: (-pair[1], pair[0]))


def copy_of(recording: Recording) -> Copy | None:
    """What the recording is a copy of; None when nothing was found. Two queries when there is something."""
    if recording.same_as_id is None:
        return None
    earlier = Recording.objects.defer("peaks").get(pk=recording.same_as_id)
    beat = Beat.objects.kept().filter(recording=earlier).select_related("artist").first()
    return Copy(
        beat=beat,
        file_name=earlier.file_name,
        alike_bp=recording.alike_bp,
        uploaded_at=earlier.created_at,
        own=earlier.artist_id == recording.artist_id,
        blocked=recording.is_anothers,
        appeal=Appeal.objects.filter(recording=recording).first(),
    )


def hindrances(beat: Beat) -> tuple[Missing, ...]:
    """What its audio keeps a beat from: a copy waits for staff, and a check that failed for another try."""
    if beat.recording.is_anothers:
        return (Missing("audio", DUPLICATE),)
    failed = Step.objects.filter(
        recording_id=beat.recording_id, kind=Step.Kind.ANALYSIS, state=Step.State.FAILED
    )
    return (Missing("audio", NOT_CHECKED),) if failed.exists() else ()


def open_appeals(*, limit: int = 50) -> list[Appeal]:
    """Appeals that nobody has answered, the oldest first."""
    return list(_appeals().filter(answered_at=None)[:limit])


def answered_appeals(*, limit: int = 20) -> list[Appeal]:
    """The last answered appeals."""
    return list(_appeals().exclude(answered_at=None).order_by("-answered_at")[:limit])


def _appeals() -> QuerySet[Appeal]:
    """With both sides and both people, without the waveforms."""
    both = Appeal.objects.select_related(
        "recording__artist", "recording__same_as__artist", "by", "answered_by"
    )
    return both.defer("recording__peaks", "recording__same_as__peaks")
