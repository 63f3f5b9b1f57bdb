"""The same for many beats of an artist: what can be done is done, and what cannot is said for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from backline.catalog.actions.beats import TICK, NotPossible, Sold
from backline.catalog.actions.history import note_change
from backline.catalog.actions.life import archive_beat, unarchive_beat
from backline.catalog.actions.trash import delete_beat, restore_beat
from backline.catalog.fields import Incomplete
from backline.catalog.models import Beat, BeatQuerySet
from backline.catalog.queries.offers import offer_of
from backline.domain import offers
from backline.domain.offers import Offer
from backline.people.models import Account, Artist


@dataclass(frozen=True)
class Outcome:
    """What became of each beat: the numbers of those that were done, and a sentence for each that was not."""

    done: tuple[int, ...]
    refused: dict[int, str]


def archive_beats(
    artist: Artist, *, beat_ids: Sequence[int], now: datetime, by: Account | None = None
) -> Outcome:
    """`archive_beat` for the artist's own beats among these."""
    return _each(_own(artist, beat_ids), partial(archive_beat, now=now, by=by))


def unarchive_beats(
    artist: Artist, *, beat_ids: Sequence[int], now: datetime, by: Account | None = None
) -> Outcome:
    """`unarchive_beat` for the artist's own beats among these."""
    return _each(_own(artist, beat_ids), partial(unarchive_beat, now=now, by=by))


def delete_beats(
    artist: Artist, *, beat_ids: Sequence[int], now: datetime, by: Account | None = None
) -> Outcome:
    """`delete_beat` for the artist's own beats among these."""
    return _each(_own(artist, beat_ids), partial(delete_beat, now=now, by=by))


def restore_beats(
    artist: Artist, *, beat_ids: Sequence[int], now: datetime, by: Account | None = None
) -> Outcome:
    """`restore_beat` for the artist's own beats among these."""
    beats = Beat.objects.trashed().filter(artist=artist, pk__in=beat_ids)
    return _each(beats, partial(restore_beat, now=now, by=by))


def set_licensing_of(
    artist: Artist, *, beat_ids: Sequence[int], licensing: str, now: datetime, by: Account | None = None
) -> Outcome:
    """Gives the artist's own beats among these a licensing model.

    A public or scheduled one without a whole exclusive offer is refused a model that needs it.

    Raises:
        ValueError: there is no such model.
    """
    model = Beat.Licensing(licensing)
    return _each(_own(artist, beat_ids), partial(_license, model=model, now=now, by=by))


def _license(beat: Beat, *, model: Beat.Licensing, now: datetime, by: Account | None) -> None:
    before = beat.get_licensing_display()
    if beat.licensing == model:
        return
    if beat.sold_at is not None:
        raise Sold(f"{beat.name} was sold exclusively: only its cover can change.")
    beat.licensing = model
    needs_none = model == Beat.Licensing.STANDARD
    beat.licensing_complete = needs_none or not offers.missing(offer_of(beat) or Offer())
    if not beat.licensing_complete and beat.state in (Beat.State.PUBLIC, Beat.State.SCHEDULED):
        raise NotPossible(f"{beat.name} has no whole exclusive offer yet. Fill it in on its form.")
    beat.updated_at = max(now, beat.updated_at + TICK)
    beat.save(update_fields=["licensing", "licensing_complete", "updated_at"])
    note_change(beat, "licensing", before, beat.get_licensing_display(), by=by, now=now)


def _own(artist: Artist, beat_ids: Sequence[int]) -> BeatQuerySet:
    return Beat.objects.kept().filter(artist=artist, pk__in=beat_ids)


def _each(beats: BeatQuerySet, act: Callable[[Beat], object]) -> Outcome:
    done, refused = [], {}
    with transaction.atomic():
        for beat in beats.select_for_update().order_by("pk"):
            try:
                act(beat)
            except (NotPossible, Incomplete) as refusal:
                refused[beat.pk] = str(refusal)
            else:
                done.append(beat.pk)
    return Outcome(tuple(done), refused)
