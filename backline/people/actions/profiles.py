"""What an artist's profile says: its name and address, text, links and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from backline.core import files, locks
from backline.core.ids import uuid7
from backline.domain.likeness import likeness
from backline.domain.names import handle_problem
from backline.domain.profiles import MOST_PHOTOS, bio_problem, links_of
from backline.outbox.actions import record_audit
from backline.people.actions.artists import HandleTaken, hold_names
from backline.people.models import Account, Artist, FormerHandle, Link, Photo
from backline.people.queries import name_problem, reads_verified

Pictures = Mapping[int, bytes]
"""One picture: WebP by its width in pixels."""


class NameTaken(Exception):
    """The name is another artist's, reads like a verified one's, or holds what nobody sees."""


class GalleryFull(Exception):
    """The gallery has as many photos as it may have."""


@dataclass(frozen=True)
class ProfileFields:
    """What the profile's form holds. `country` is an ISO 3166 code or empty; `links` are lines as they were typed."""

    name: str
    bio: str = ""
    city: str = ""
    country: str = ""
    links: Sequence[str] = ()


def update_profile(artist: Artist, *, fields: ProfileFields, by: Account, now: datetime) -> Artist:
    """Saves what the profile says.

    Raises:
        NameTaken: see there. ValueError: the text or a link, said in a sentence.
    """
    if problem := bio_problem(fields.bio):
        raise ValueError(problem)
    links = links_of(fields.links)
    with transaction.atomic():
        _rename(artist, fields.name, by=by, now=now)
        artist.bio, artist.city, artist.country = fields.bio, fields.city, fields.country
        artist.save(update_fields=["bio", "city", "country"])
        if [link.url for link in artist.links.all()] != links:
            artist.links.all().delete()
            Link.objects.bulk_create(
                Link(artist=artist, position=place, url=url) for place, url in enumerate(links)
            )
    return artist


def change_handle(artist: Artist, *, handle: str, by: Account, now: datetime) -> Artist:
    """Gives the profile another address; the old one leads there for good. An own former one may be taken again.

    Raises:
        ValueError: the handle has a wrong form, said in a sentence.
        HandleTaken: it is or was another artist's, or reads like a verified one's name.
    """
    if problem := handle_problem(handle):
        raise ValueError(problem)
    try:
        with transaction.atomic():
            hold_names()
            artist.refresh_from_db(fields=["handle"])
            if (before := artist.handle) == handle:
                return artist
            left = FormerHandle.objects.filter(handle=handle.lower()).exclude(artist=artist)
            if left.exists() or reads_verified(handle, besides=artist.pk):
                raise HandleTaken(handle)
            FormerHandle.objects.filter(handle=handle.lower()).delete()
            if before.lower() != handle.lower():
                FormerHandle.objects.create(handle=before.lower(), artist=artist, left_at=now)
            Artist.objects.filter(pk=artist.pk).update(handle=handle)
            _note(artist, by, f"changed the address from @{before} to @{handle}", now)
    except IntegrityError as error:
        raise HandleTaken(handle) from error
    artist.handle = handle
    return artist


def set_avatar(artist: Artist, *, pictures: Pictures, now: datetime) -> Artist:
    """Gives the artist this picture in place of what it had."""
    return _change_picture(artist, "avatar_key", _keep("avatars", pictures, now))


def remove_avatar(artist: Artist) -> Artist:
    """Goes back to the drawn portrait."""
    return _change_picture(artist, "avatar_key", "")


def set_banner(artist: Artist, *, pictures: Pictures, alt: str, now: datetime) -> Artist:
    """Puts this wide picture over the profile; `alt` says what it shows, empty for decoration."""
    return describe_banner(_change_picture(artist, "banner_key", _keep("banners", pictures, now)), alt=alt)


def describe_banner(artist: Artist, *, alt: str) -> Artist:
    """Says what the wide picture shows."""
    Artist.objects.filter(pk=artist.pk).update(banner_alt=alt)
    artist.banner_alt = alt
    return artist


def remove_banner(artist: Artist) -> Artist:
    """Takes the wide picture away."""
    return describe_banner(_change_picture(artist, "banner_key", ""), alt="")


def add_photo(artist: Artist, *, pictures: Pictures, caption: str, now: datetime) -> Photo:
    """Puts a photo at the end of the gallery.

    Raises:
        GalleryFull: see there.
    """
    folder = _keep("photos", pictures, now)
    try:
        with transaction.atomic():
            locks.hold(f"photos:{artist.pk}")
            if (count := artist.photos.count()) >= MOST_PHOTOS:
                raise GalleryFull(f"The gallery holds {MOST_PHOTOS} photos. Remove one first.")
            return Photo.objects.create(artist=artist, position=count, key=folder, caption=caption, at=now)
    except BaseException:
        files.remove_folder(folder)
        raise


def remove_photo(photo: Photo) -> None:
    """Takes a photo out of the gallery, file and all."""
    with transaction.atomic():
        locks.hold(f"photos:{photo.artist_id}")
        photo.delete()
        transaction.on_commit(lambda: files.remove_folder(photo.key))


def arrange_photos(artist: Artist, *, ids: Sequence[int]) -> None:
    """Puts the gallery into this order; photos that are not named stay behind in theirs."""
    with transaction.atomic():
        locks.hold(f"photos:{artist.pk}")
        photos = {photo.pk: photo for photo in artist.photos.all()}
        order = dict.fromkeys([*(each for each in ids if each in photos), *photos])
        for place, pk in enumerate(order):
            photos[pk].position = place
        Photo.objects.bulk_update(photos.values(), ["position"])


def caption_photo(photo: Photo, *, caption: str) -> None:
    """Changes what stands below a photo."""
    Photo.objects.filter(pk=photo.pk).update(caption=caption)


def _rename(artist: Artist, name: str, *, by: Account, now: datetime) -> None:
    if name == artist.name:
        return
    hold_names()
    if problem := name_problem(name, besides=artist.pk):
        raise NameTaken(problem)
    _note(artist, by, f"changed the name from {artist.name} to {name}", now)
    artist.name, artist.likeness = name, likeness(name)
    artist.save(update_fields=["name", "likeness"])


def _keep(kind: str, pictures: Pictures, now: datetime) -> str:
    folder = f"{kind}/{uuid7(now)}"
    files.write_folder(folder, {f"{size}.webp": content for size, content in pictures.items()})
    return folder


def _change_picture(artist: Artist, field: str, key: str) -> Artist:
    before = getattr(artist, field)
    try:
        with transaction.atomic():
            Artist.objects.filter(pk=artist.pk).update(**{field: key})
            if before:
                transaction.on_commit(lambda: files.remove_folder(before))
    except BaseException:
        if key:
            files.remove_folder(key)
        raise
    setattr(artist, field, key)
    return artist


def _note(artist: Artist, by: Account, text: str, now: datetime) -> None:
    record_audit(text, artist_id=artist.pk, account_id=by.pk, topic="profile", now=now)
