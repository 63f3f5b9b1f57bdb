"""Deriving the awards of single artists from the catalogue, and unlocking what they reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from backline.domain.achievements import measures_from
from backline.domain.xp import Source, catalogue_awards
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.standing.diff import Scope, settle
from backline.standing.digests import digests, stale_catalogues
from backline.standing.facts import ArtistFacts, artist_facts
from backline.standing.facts_money import Firsts, firsts_of
from backline.standing.measures import measures_of
from backline.standing.models import Award, Tally
from backline.standing.unlocking import Unlocks, present_scene, reached, unlock

CATALOGUE = Scope(sources=(Source.UPLOAD, Source.METADATA, Source.COLLABORATE))


@dataclass(frozen=True)
class Basis:
    """What a computation knows of its artists beforehand: all plays, the firsts of their money, and their digests."""

    plays: Mapping[int, int] = field(default_factory=dict)
    firsts: Mapping[int, Firsts] = field(default_factory=dict)
    digests: Mapping[int, str] = field(default_factory=dict)


def refresh(artist_ids: Sequence[int], *, now: datetime) -> dict[int, tuple[int, int]]:
    """Brings those of these artists up to date whose catalogue changed; answers their XP before and after."""
    found = {}
    for artist_id in stale_catalogues(artist_ids):
        before = _xp(artist_id)
        recompute([artist_id], basis=basis_of(artist_id), now=now)
        found[artist_id] = (before, _xp(artist_id))
    return found


def recompute(artist_ids: Sequence[int], *, basis: Basis, now: datetime) -> list[Award]:
    """Derives these artists' awards and measures anew; answers the achievements that this unlocked.

    Facts are read after the tallies are held, so that two computations at once cannot undo each other.
    """
    with transaction.atomic():
        tallies = hold(artist_ids)
        facts = artist_facts(artist_ids)
        zone = reporting().zone
        wanted = {
            artist_id: catalogue_awards((beat.facts for beat in each.beats), zone=zone)
            for artist_id, each in facts.items()
        }
        settle(wanted, scope=CATALOGUE, artist_ids=artist_ids, now=now)
        return _measure(tallies, facts, basis, now)


def basis_of(artist_id: int) -> Basis:
    """The basis for one artist."""
    plays = {artist_id: listening.artist_totals(artist_id).plays}
    firsts = {artist_id: firsts_of(artist_id)}
    return Basis(plays, firsts, digests(artist_id, artist_id, plays=plays, firsts=firsts))


def hold(artist_ids: Collection[int]) -> dict[int, Tally]:
    """These artists' tallies, made where there are none, held until the transaction ends."""
    make_tallies(artist_ids)
    held = Tally.objects.select_for_update().filter(pk__in=artist_ids).order_by("pk")
    return {tally.pk: tally for tally in held}


def make_tallies(artist_ids: Collection[int]) -> None:
    """Makes the tallies that these artists do not have yet."""
    tallies = Tally.objects.all()
    if len(artist_ids) <= 500:
        tallies = tallies.filter(pk__in=artist_ids)
    new = set(artist_ids) - set(tallies.values_list("pk", flat=True))
    Tally.objects.bulk_create(
        [Tally(artist_id=artist_id) for artist_id in sorted(new)], ignore_conflicts=True, batch_size=500
    )


def _xp(artist_id: int) -> int:
    return Tally.objects.filter(pk=artist_id).values_list("xp", flat=True).first() or 0


def _measure(
    tallies: Mapping[int, Tally], facts: Mapping[int, ArtistFacts], basis: Basis, now: datetime
) -> list[Award]:
    own = [beat.facts.beat_id for each in facts.values() for beat in each.beats if beat.facts.own]
    beat_plays, scene, zone = listening.plays_of_beats(own), present_scene(now), reporting().zone
    unlocks: Unlocks = {}
    for artist_id, each in facts.items():
        measures = measures_of(
            each,
            plays=basis.plays.get(artist_id, 0),
            beat_plays=beat_plays,
            firsts=basis.firsts.get(artist_id, {}),
            zone=zone,
        )
        stored, tally = measures.as_json(), tallies[artist_id]
        Tally.objects.filter(pk=artist_id).update(
            measures=stored, digest=basis.digests.get(artist_id, ""), computed_at=now
        )
        whole = measures_from(stored, cohort=tally.cohort)
        unlocks[artist_id] = reached(whole, unlocked=tally.unlocked, scene=scene)
    return unlock(unlocks, now=now)
