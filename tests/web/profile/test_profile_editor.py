"""Editing a profile as a producer does, and what everybody sees of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.catalog.makers import picture
from tests.conftest import PASSWORD, Cast

PATH = "/backstage/profile/?artist=marlo-vane"
FIELDS = {
    "name": "Marlo Vane",
    "bio": "Warm, slow drums.",
    "city": "Amsterdam",
    "country": "NL",
    "links": "a.example/me",
}


def uploaded(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile("me.png", picture(path / "me.png").read_bytes())


def test_what_is_saved_stands_on_the_profile(cast: Cast):
    answer = cast.client("bob").post(PATH, FIELDS, follow=True)
    assert "Profile saved." in answer.content.decode()
    shown = cast.client("visitor").get("/@marlo-vane/").content.decode()
    assert "Warm, slow drums." in shown and "Amsterdam, Netherlands" in shown
    assert 'href="https://a.example/me" rel="me nofollow noopener"' in shown


def test_a_refused_form_keeps_what_was_typed_and_saves_nothing(cast: Cast):
    answer = cast.client("alice").post(PATH, FIELDS | {"links": "javascript:alert(1)", "city": "Typed"})
    assert answer.status_code == 422
    assert "is not the address of a page" in answer.content.decode() and "Typed" in answer.content.decode()
    cast.marlo.refresh_from_db()
    assert cast.marlo.city == ""


def test_huge_and_strange_input_is_refused_or_shown_as_text(cast: Cast):
    client = cast.client("alice")
    assert client.post(PATH, FIELDS | {"name": "x" * 10_000}).status_code == 422
    assert client.post(PATH, FIELDS | {"bio": "y" * 10_000}).status_code == 422
    assert client.post(PATH, {}).status_code == 422
    client.post(PATH, FIELDS | {"bio": "<script>alert(1)</script> \u202eabc"})
    assert "<script>alert(1)" not in cast.client("visitor").get("/@marlo-vane/?tab=about").content.decode()


def test_a_new_address_leads_from_the_old_one(cast: Cast):
    client = cast.client("alice")
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    answer = client.post("/backstage/profile/address/?artist=marlo-vane", {"handle": "@marlo"})
    assert answer.headers["Location"] == "/backstage/profile/?artist=marlo"
    moved = cast.client("visitor").get("/@marlo-vane/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/@marlo/")


def test_only_owners_change_the_address(cast: Cast):
    client = cast.client("bob")
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    answer = client.post("/backstage/profile/address/?artist=marlo-vane", {"handle": "bobs"})
    assert answer.status_code == 403


def test_a_picture_is_made_anew_and_can_be_taken_back(cast: Cast, tmp_path: Path):
    client = cast.client("alice")
    client.post("/backstage/profile/picture/?artist=marlo-vane", {"picture": uploaded(tmp_path)})
    cast.marlo.refresh_from_db()
    assert cast.marlo.avatar_key.startswith("avatars/")
    client.post("/backstage/profile/picture/?artist=marlo-vane", {"remove": "1"})
    cast.marlo.refresh_from_db()
    assert cast.marlo.avatar_key == ""


def test_what_is_no_picture_is_said(cast: Cast):
    svg = SimpleUploadedFile("me.png", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")
    answer = cast.client("alice").post(
        "/backstage/profile/picture/?artist=marlo-vane", {"picture": svg}, follow=True
    )
    assert "by its content it is SVG or HTML" in answer.content.decode()


def test_photos_are_added_moved_and_removed(cast: Cast, tmp_path: Path):
    client, photos = cast.client("alice"), "/backstage/profile/photos/"
    for caption in ("One", "Two"):
        client.post(f"{photos}?artist=marlo-vane", {"photo": uploaded(tmp_path), "caption": caption})
    first, second = cast.marlo.photos.all()
    client.post(f"{photos}{second.pk}/?artist=marlo-vane", {"action": "up"})
    assert list(cast.marlo.photos.values_list("caption", flat=True)) == ["Two", "One"]
    client.post(f"{photos}{second.pk}/?artist=marlo-vane", {"action": "caption", "caption": "Studio"})
    assert "Studio" in cast.client("visitor").get("/@marlo-vane/?tab=about").content.decode()
    client.post(f"{photos}{first.pk}/?artist=marlo-vane", {"action": "remove"})
    assert cast.marlo.photos.count() == 1
    elsewhere = cast.client("charlie").post(f"{photos}{second.pk}/?artist=sable-ortiz", {"action": "remove"})
    assert elsewhere.status_code == 404


def test_followers_are_named_to_the_artist_alone(cast: Cast, now: datetime):
    from backline.audience.actions import follow_artist

    cast.lee.show_to_producers = True
    cast.lee.save()
    follow_artist(cast.marlo, account=cast.lee, now=now)
    assert "Lee" in cast.client("alice").get("/@marlo-vane/?tab=followers").content.decode()
    for name in ("visitor", "charlie"):
        page = cast.client(name).get("/@marlo-vane/?tab=followers").content.decode()
        assert "1 follower" in page and ">Lee<" not in page
