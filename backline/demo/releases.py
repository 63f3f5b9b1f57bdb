"""Turns recordings into beats with their credits, publishes them, and puts them into collections."""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile

from django.db import transaction

from backline.catalog import actions as catalog
from backline.catalog.fields import BeatFields
from backline.catalog.models import Beat, Collection, Recording
from backline.demo.plan import ACCEPTED, OPEN, PlannedBeat, PlannedCollection, World
from backline.demo.settling import Settled
from backline.demo.studio import Studio
from backline.demo.titles import COLLECTION_DESCRIPTIONS
from backline.people.models import Artist, Member

CLEARANCE_NOTE = "The vocal chop in the intro comes from a record; the buyer clears it."
ASSISTANCE_TOOL = "Stem splitter"
ASSISTANCE_NOTE = "Separated the drums of our own session recording."


class Releases:
    """The beats of a world as they come out. What is there already stays as it is.

    `beats` holds those that are out by name; `ids` is given their numbers in the database by their place in the plan.
    """

    def __init__(self, world: World, settled: Settled, studio: Studio, *, ids: dict[int, int]) -> None:
        self._world, self._settled, self._studio = world, settled, studio
        self._known = {(beat.artist_id, beat.name): beat for beat in Beat.objects.all()}
        owners = Member.objects.filter(role=Member.Role.OWNER).select_related("account")
        self._owners = {member.artist_id: member.account for member in owners}
        self.beats: dict[str, Beat] = {}
        self._ids = ids

    def through(self, until: datetime) -> None:
        """Brings out every beat that was made before `until`."""
        left = self._world.beats[len(self.beats) :]
        wanted = list(takewhile(lambda beat: beat.created_at < until, left))
        if not wanted:
            return
        # Before the transaction: the threads that store recordings write to the same database.
        recordings = [self._studio.recording_of(beat) for beat in wanted]
        with transaction.atomic():
            for planned, recording in zip(wanted, recordings, strict=True):
                artist = self._settled.artists[planned.handle]
                beat = self._known.get((artist.pk, planned.name)) or self._release(planned, artist, recording)
                self._ids[len(self.beats)] = beat.pk
                self.beats[planned.name] = beat

    @property
    def done(self) -> str:
        """How many beats are out, of how many."""
        return f"{len(self.beats):,}/{len(self._world.beats):,}"

    def collect(self) -> None:
        """Makes the collections, when all beats are out."""
        with transaction.atomic():
            there = set(Collection.objects.values_list("artist_id", "name"))
            for collection in self._world.collections:
                artist = self._settled.artists[collection.handle]
                if (artist.pk, collection.name) not in there:
                    _collect(collection, artist, self.beats)

    def _release(self, planned: PlannedBeat, artist: Artist, recording: Recording) -> Beat:
        beat = catalog.create_beat(
            artist,
            recording=recording,
            account=self._owners[artist.pk],
            now=planned.created_at,
            fields=_fields(planned),
            cover_style=planned.cover_style,
        )
        for invitation in planned.invitations:
            guest = self._settled.artists[invitation.handle]
            credit = catalog.invite_credit(beat, artist=guest, now=planned.created_at, quietly=True)
            if invitation.answer != OPEN:
                answered_at = planned.created_at + invitation.after
                accept = invitation.answer == ACCEPTED
                catalog.answer_credit(credit, accept=accept, now=answered_at, quietly=True)
        return catalog.publish_beat(beat, now=planned.published_at) if planned.published_at else beat


def _fields(planned: PlannedBeat) -> BeatFields:
    status, declaration = Beat.SampleStatus, Beat.AiDeclaration
    return BeatFields(
        name=planned.name,
        description=planned.description,
        genres=planned.genres,
        tags=planned.tags,
        bpm=planned.bpm,
        key=planned.key,
        scale=planned.scale,
        sample_status=status.NEEDS_CLEARANCE if planned.needs_clearance else status.CLEARED,
        sample_note=CLEARANCE_NOTE if planned.needs_clearance else "",
        ai_declaration=declaration.ASSISTED if planned.assisted else declaration.HUMAN,
        ai_tool=ASSISTANCE_TOOL if planned.assisted else "",
        ai_note=ASSISTANCE_NOTE if planned.assisted else "",
        ai_rights=planned.assisted,
    )


def _collect(planned: PlannedCollection, artist: Artist, beats: dict[str, Beat]) -> None:
    collection = catalog.create_collection(
        artist,
        name=planned.name,
        kind=planned.kind,
        description=COLLECTION_DESCRIPTIONS.get(planned.name, ""),
        release_on=planned.release_on,
        cover_style=planned.cover_style,
        now=planned.created_at,
    )
    for name in planned.beats:
        catalog.add_to_collection(collection, beat=beats[name], now=planned.created_at)
    if planned.is_public:
        catalog.publish_collection(collection, now=planned.created_at)
