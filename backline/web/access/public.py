"""What everybody reaches."""

from __future__ import annotations

from django.http import Http404

from backline.catalog.models import Beat, Collection, PrivateLink
from backline.people import queries as people
from backline.people.models import Artist


def public_artist(handle: str) -> Artist:
    """An artist everybody may see.

    Raises:
        Http404: no such artist, or revoked.
    """
    artist = people.artist_by_handle(handle)
    if artist is None:
        raise Http404
    return artist


def public_beat(beat_id: int) -> Beat:
    """A beat everybody may see and hear, with its artist and recording.

    Raises:
        Http404: no such beat, or not public.
    """
    beats = Beat.objects.public().filter(pk=beat_id)
    beat: Beat | None = beats.select_related("artist", "recording").first()
    if beat is None:
        raise Http404
    return beat


def public_collection(collection_id: int) -> Collection:
    """A collection everybody may see.

    Raises:
        Http404: no such collection, or private.
    """
    collection = Collection.objects.public().filter(pk=collection_id).select_related("artist").first()
    if collection is None:
        raise Http404
    return collection


def private_link(token: str) -> PrivateLink:
    """A link that still leads to a private beat, with the beat, its artist and recording.

    Raises:
        Http404: no such link, revoked, or its beat is not private any more.
    """
    links = PrivateLink.objects.filter(
        token=token,
        revoked_at=None,
        beat__state=Beat.State.PRIVATE,
        beat__deleted_at=None,
        beat__artist__revoked_at=None,
    )
    link: PrivateLink | None = links.select_related("beat__artist", "beat__recording").first()
    if link is None:
        raise Http404
    return link
