"""What a page of insights is about, for the member who looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest

from backline.catalog import queries as catalog
from backline.catalog.models import Beat, Collection
from backline.catalog.queries.collections import CollectionRow
from backline.listening import queries as listening
from backline.listening.queries import Scope
from backline.people.models import Member
from backline.web import access, viewer


@dataclass
class Subject:
    """A beat, a collection or an artist. `path` is the page's address; exactly the fields of its `kind` are set."""

    kind: str
    path: str
    name: str
    member: Member
    scope: Scope
    beat: Beat | None = None
    row: CollectionRow | None = None

    @cached_property
    def beat_ids(self) -> list[int]:
        """The beats it is made of."""
        if self.kind == "artist":
            return catalog.credited_beat_ids(self.member.artist_id)
        return list(self.scope.ids)

    @cached_property
    def totals(self) -> listening.Totals:
        """All-time figures; accounts of several beats are not united here."""
        if self.kind == "artist":
            return listening.artist_totals(self.member.artist_id)
        if self.beat is not None:
            return listening.beat_totals([self.beat.pk])[self.beat.pk]
        return _summed(list(listening.beat_totals(self.scope.ids).values()))


def beat_subject(request: HttpRequest, beat_id: int) -> Subject:
    """A beat that one of the account's artists is credited on.

    Raises:
        Http404: no such beat for this account.
    """
    member, beat = access.beat_of_member(request, beat_id)
    path = f"/backstage/beats/{beat_id}/insights/"
    return Subject("beat", path, beat.name, member, Scope.of_beats([beat_id]), beat=beat)


def collection_subject(request: HttpRequest, collection_id: int) -> Subject:
    """A collection of one of the account's artists.

    Raises:
        Http404: no such collection for this account.
    """
    member, collection = access.collection_of_member(request, collection_id)
    return collection_as_subject(member, collection)


def collection_as_subject(member: Member, collection: Collection) -> Subject:
    """A collection with today's beats."""
    row = catalog.collection_rows([collection.pk])[collection.pk]
    path = f"/backstage/collections/{collection.pk}/insights/"
    return Subject("collection", path, row.name, member, Scope.of_beats(row.beat_ids), row=row)


def artist_subject(request: HttpRequest, handle: str) -> Subject:
    """An artist that the account is a member of.

    Raises:
        Http404: no such artist for this account.
    """
    members = viewer.memberships(request)
    member = next((one for one in members if one.artist.handle.lower() == handle.lower()), None)
    if member is None:
        raise Http404
    return artist_as_subject(member)


def artist_as_subject(member: Member) -> Subject:
    """The artist of a membership."""
    path = f"/backstage/artists/{member.artist.handle}/insights/"
    return Subject("artist", path, member.artist.name, member, Scope.of_artist(member.artist_id))


def _summed(totals: list[listening.Totals]) -> listening.Totals:
    firsts = [one.first_on for one in totals if one.first_on]
    return listening.Totals(
        plays=sum(one.plays for one in totals),
        downloads=sum(one.downloads for one in totals),
        likes=sum(one.likes for one in totals),
        first_on=min(firsts, default=None),
    )
