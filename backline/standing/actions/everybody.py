"""The round over all artists: plays, changed facts, the ladders of top shares, and what they unlock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min

from backline.core.portions import portions
from backline.domain.achievements import measures_from
from backline.listening.calendar import reporting
from backline.people.models import Artist
from backline.standing.actions.artists import Basis, hold, recompute
from backline.standing.actions.plays import award_plays
from backline.standing.cohort import cohort_now
from backline.standing.digests import digests
from backline.standing.facts_money import firsts_of_all
from backline.standing.facts_overall import overall_changed_since
from backline.standing.facts_plays import artist_plays
from backline.standing.models import Round, Tally
from backline.standing.unlocking import Unlocks, as_json, present_scene, reached, unlock

RANGE = 5000
PORTION = 100


@dataclass(frozen=True)
class Done:
    """What a round did: rows for plays, artists derived anew, achievements unlocked by the comparison of all."""

    plays: int
    artists: int
    unlocked: int


def run_round(*, now: datetime, looking_back: bool = False) -> Done:
    """One round. Repeating it when nothing happened writes no award.

    `looking_back` dates what it unlocks as the first round does: for history that was there before.
    """
    last_at = Round.objects.filter(pk=1).values_list("computed_at", flat=True).first()
    plays = award_plays(now=now)
    artists = sum(_recompute_stale(now))
    if not (plays or artists) and last_at and not _something_else_moved(last_at, now):
        return Done(plays, artists, unlocked=0)
    _compare(now)
    unlocked = _unlock_reached(now, looking_back=looking_back)
    Round.objects.filter(pk=1).update(computed_at=now)
    return Done(plays, artists, unlocked)


def _something_else_moved(last_at: datetime, now: datetime) -> bool:
    """Whether a day began, which tenure and ended months depend on, or the boards have new Overall scores."""
    calendar = reporting()
    return calendar.today(last_at) != calendar.today(now) or overall_changed_since(last_at)


def _recompute_stale(now: datetime) -> Iterator[int]:
    """Derives the artists anew whose digest moved; a range of numbers at a time."""
    bounds = Artist.objects.aggregate(first=Min("pk"), last=Max("pk"))
    plays, firsts = artist_plays(), firsts_of_all()
    for start in range(bounds["first"] or 0, (bounds["last"] or -1) + 1, RANGE):
        present = digests(start, start + RANGE - 1, plays=plays, firsts=firsts)
        known = Tally.objects.filter(artist_id__gte=start, artist_id__lt=start + RANGE).values_list(
            "pk", "digest"
        )
        stale = sorted(dict(present.items() - set(known)))
        for some in portions(stale, PORTION):
            recompute(some, basis=Basis(plays, firsts, present), now=now)
        yield len(stale)


def _compare(now: datetime) -> None:
    """Ranks all against each other and keeps the ladders, and each artist's numbers that changed."""
    cohort = cohort_now(now)
    Round.objects.filter(pk=1).update(ladders=as_json(cohort.ladders))
    changed = [
        Tally(pk=pk, cohort=values)
        for pk, before in Tally.objects.values_list("pk", "cohort").iterator(chunk_size=5000)
        if (values := cohort.of(pk)) != before
    ]
    for some in portions(changed):
        Tally.objects.bulk_update(some, ["cohort"])


def _unlock_reached(now: datetime, *, looking_back: bool) -> int:
    """Judges everybody and unlocks what was reached, a portion of artists in each transaction."""
    scene = present_scene(now)
    unlocks: Unlocks = {}
    rows = Tally.objects.exclude(measures={}).values_list("pk", "measures", "cohort", "unlocked")
    for pk, stored, cohort, unlocked in rows.iterator(chunk_size=5000):
        found = reached(measures_from(stored, cohort=cohort), unlocked=unlocked, scene=scene)
        if found:
            unlocks[pk] = found
    count = 0
    for some in portions(sorted(unlocks), PORTION):
        with transaction.atomic():
            hold(some)
            part = {pk: unlocks[pk] for pk in some}
            count += len(unlock(part, now=now, looking_back=looking_back))
    return count
