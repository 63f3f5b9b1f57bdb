"""What a profile says, its address, and its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from backline.core import files
from backline.people import actions, queries
from backline.people.actions import GalleryFull, HandleTaken, NameTaken, ProfileFields
from backline.people.models import Artist, FormerHandle
from tests.conftest import Cast

PICTURE = {320: b"small", 800: b"large"}


def save(
    cast: Cast, now: datetime, *, name: str = "Marlo Vane", bio: str = "", links: Sequence[str] = ()
) -> Artist:
    fields = ProfileFields(name=name, bio=bio, links=links)
    return actions.update_profile(cast.marlo, fields=fields, by=cast.alice, now=now)


def test_links_are_kept_in_order_and_once(cast: Cast, now: datetime):
    save(cast, now, links=["b.example", "https://a.example/me", "https://b.example", " "])
    assert [link.url for link in cast.marlo.links.all()] == ["https://b.example", "https://a.example/me"]
    save(cast, now)
    assert not cast.marlo.links.exists()


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "ftp://a.example",
        "https://me@a.example",
        "https://nodot",
        "https://[",
        "a b.example",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(cast: Cast, now: datetime, bad: str):
    with pytest.raises(ValueError, match="is not the address of a page"):
        save(cast, now, links=[bad])


def test_too_many_links_and_links_in_the_text_are_refused(cast: Cast, now: datetime):
    with pytest.raises(ValueError, match="room for 8 links"):
        save(cast, now, links=[f"a{number}.example" for number in range(9)])
    with pytest.raises(ValueError, match="Links have a place"):
        save(cast, now, bio="My site is https://a.example")


def test_nobody_passes_for_a_verified_artist(cast: Cast, now: datetime):
    cast.kit.verified_at = now
    cast.kit.save()
    for name in ("KIT NAKAGAWA", "K1t Nakagawa.", "Kit N\u0430kagawa"):
        with pytest.raises(NameTaken):
            save(cast, now, name=name)
    assert save(cast, now, name="Kit Nakagawa Tribute").name == "Kit Nakagawa Tribute"


@pytest.mark.parametrize("name", ["kit nakagawa", "Marlo\u202e Vane", "Mar\u200blo"])
def test_a_name_is_ones_own_and_holds_nothing_unseen(cast: Cast, now: datetime, name: str):
    with pytest.raises(NameTaken):
        save(cast, now, name=name)
    assert save(cast, now, name="MARLO VANE").name == "MARLO VANE", "one's own name may change its letters"


def test_an_old_address_leads_on_and_stays_ones_own(cast: Cast, now: datetime):
    actions.change_handle(cast.marlo, handle="marlo", by=cast.alice, now=now)
    assert queries.artist_by_handle("Marlo-Vane") == queries.artist_by_handle("marlo") == cast.marlo
    with pytest.raises(HandleTaken):
        actions.change_handle(cast.kit, handle="MARLO-vane", by=cast.bob, now=now)
    with pytest.raises(HandleTaken):
        actions.create_artist(cast.lee, name="Me", handle="marlo-vane", now=now)
    actions.change_handle(cast.marlo, handle="marlo-vane", by=cast.alice, now=now)
    assert list(FormerHandle.objects.values_list("handle", flat=True)) == ["marlo"]


def test_another_artists_address_is_refused(cast: Cast, now: datetime):
    with pytest.raises(HandleTaken):
        actions.change_handle(cast.marlo, handle="Kit-Nakagawa", by=cast.alice, now=now)
    with pytest.raises(ValueError, match="letters"):
        actions.change_handle(cast.marlo, handle="no spaces", by=cast.alice, now=now)
    cast.marlo.refresh_from_db()
    assert cast.marlo.handle == "marlo-vane" and not FormerHandle.objects.exists()


def test_only_letters_change_case_without_a_trace(cast: Cast, now: datetime):
    actions.change_handle(cast.marlo, handle="Marlo-Vane", by=cast.alice, now=now)
    assert queries.artist_by_handle("marlo-vane") == cast.marlo and not FormerHandle.objects.exists()


def test_a_new_picture_takes_the_place_of_the_old(
    cast: Cast, now: datetime, django_capture_on_commit_callbacks
):
    actions.set_avatar(cast.marlo, pictures=PICTURE, now=now)
    first = cast.marlo.avatar_key
    assert files.path(f"{first}/320.webp").read_bytes() == b"small"
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_avatar(cast.marlo)
    assert cast.marlo.avatar_key == "" and not files.path(first).exists()


def test_the_gallery_keeps_its_order(cast: Cast, now: datetime):
    photos = [actions.add_photo(cast.marlo, pictures=PICTURE, caption=word, now=now) for word in "abc"]
    actions.arrange_photos(cast.marlo, ids=[photos[2].pk, photos[0].pk, 999])
    assert [photo.caption for photo in cast.marlo.photos.all()] == ["c", "a", "b"]
    assert queries.known_folders() == {photo.key for photo in photos}


def test_a_full_gallery_takes_no_photo_and_keeps_no_file(cast: Cast, now: datetime):
    for number in range(24):
        actions.add_photo(cast.marlo, pictures={320: b"x"}, caption=str(number), now=now)
    with pytest.raises(GalleryFull):
        actions.add_photo(cast.marlo, pictures={320: b"x"}, caption="one more", now=now)
    assert len(list(files.path("photos").iterdir())) == 24


def test_a_removed_photo_leaves_no_file(cast: Cast, now: datetime, django_capture_on_commit_callbacks):
    photo = actions.add_photo(cast.marlo, pictures=PICTURE, caption="", now=now)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo)
    assert not files.path(photo.key).exists() and not cast.marlo.photos.exists()
