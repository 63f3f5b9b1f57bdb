"""The embedded player and oEmbed."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client

from backline.catalog.actions import feature_beat
from backline.catalog.models import Beat
from backline.people.actions import change_handle
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return make_public(cast.marlo, account=cast.alice, now=now)


def test_any_page_may_frame_it_and_it_sets_no_cookie(beat: Beat):
    answer = Client().get(f"/embed/{beat.pk}/")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers and not answer.cookies
    assert "frame-ancestors 'self'" in Client().get("/").headers["Content-Security-Policy"]


def test_playing_needs_no_cookie_and_no_token(beat: Beat):
    Beat.objects.filter(pk=beat.pk).update()
    beat.recording.stream_key, beat.recording.preview_key = (
        "recordings/a/clean.mp3",
        "recordings/a/tagged.mp3",
    )
    beat.recording.save()
    client = Client(enforce_csrf_checks=True)
    listen = str(uuid4())
    answer = client.post(
        f"/embed/{beat.pk}/play",
        json.dumps({"listen": listen, "source": "embed"}),
        content_type="application/json",
    )
    said = answer.json()
    assert answer.status_code == 200 and said["ticket"] and not answer.cookies
    assert "tagged.mp3" in said["stream"], "a frame plays the preview"


def test_a_member_hears_the_preview_too(cast: Cast, beat: Beat):
    beat.recording.stream_key, beat.recording.preview_key = (
        "recordings/a/clean.mp3",
        "recordings/a/tagged.mp3",
    )
    beat.recording.save()
    body = json.dumps({"listen": str(uuid4()), "source": "embed"})
    said = cast.client("alice").post(f"/embed/{beat.pk}/play", body, content_type="application/json").json()
    assert "tagged.mp3" in said["stream"], "no cookie's word is taken"


def test_drafts_are_not_framed(cast: Cast, now: datetime):
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    assert cast.client("alice").get(f"/embed/{draft.pk}/").status_code == 404
    assert Client().post(f"/embed/{draft.pk}/play").status_code == 404


def test_a_page_is_told_how_to_show_a_beat(beat: Beat):
    url = f"http://testserver{beat.get_absolute_url()}"
    said = Client().get("/oembed/", {"url": url, "maxwidth": "300"}).json()
    assert (said["type"], said["width"], said["author_name"]) == ("rich", 300, "Marlo Vane")
    assert f'src="http://testserver/embed/{beat.pk}/"' in said["html"]
    found = Client().get(beat.get_absolute_url()).content.decode()
    assert "application/json+oembed" in found and "/oembed/?url=" in found


def test_a_profile_leads_with_its_featured_beat_and_an_old_address_leads_on(
    cast: Cast, beat: Beat, now: datetime
):
    newer = make_public(cast.marlo, account=cast.alice, now=now)
    page = cast.client("visitor").get("/@marlo-vane/").content.decode()
    assert "application/json+oembed" in page and "%3A//testserver/%40marlo-vane/" in page
    address = {"url": "http://testserver/@marlo-vane/?tab=about"}
    assert f"/embed/{newer.pk}/" in Client().get("/oembed/", address).json()["html"]
    feature_beat(beat, by=cast.alice, now=now)
    change_handle(cast.marlo, handle="marlo", by=cast.alice, now=now)
    said = Client().get("/oembed/", address).json()
    assert f"/embed/{beat.pk}/" in said["html"] and said["author_url"] == "http://testserver/@marlo/"


def test_the_html_is_escaped(beat: Beat):
    Beat.objects.filter(pk=beat.pk).update(name='"><script>')
    said = Client().get("/oembed/", {"url": f"http://testserver/beats/{beat.pk}/"}).json()
    assert "<script>" not in said["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://elsewhere/beats/1/",
        "http://testserver/@sable-ortiz/",
        "http://testserver/@nobody/",
        "http://elsewhere/@marlo-vane/",
        "http://[",
        "http://testserver/beats/999999/",
    ],
)
def test_other_addresses_are_not_known(beat: Beat, url: str):
    assert Client().get("/oembed/", {"url": url}).status_code == 404


def test_only_json_is_given(beat: Beat):
    assert Client().get("/oembed/", {"url": "x", "format": "xml"}).status_code == 501
