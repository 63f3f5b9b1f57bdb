"""An artist's Atom feed: whole by RFC 4287, the same feed when the artist moves to another address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from backline.catalog.models import Beat
from backline.people.actions import change_handle
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import Cast

NAMES = {"atom": "http://www.w3.org/2005/Atom"}
SITE = "http://testserver"


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    fields = replace(COMPLETE, name="Low & Tide", description="Slow <3 drums & keys")
    return make_public(cast.marlo, account=cast.alice, now=now, fields=fields)


def feed(address: str = "/@marlo-vane/feed.atom") -> Element:
    answer = Client().get(address)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def text(element: Element, path: str) -> str:
    """The text of the only element there."""
    found = element.findall(f"atom:{path}", NAMES)
    assert len(found) == 1 and found[0].text, path
    return found[0].text


def link(element: Element, rel: str) -> str | None:
    return next(one.get("href") for one in element.findall("atom:link", NAMES) if one.get("rel") == rel)


def test_it_has_what_a_feed_must_have(beat: Beat) -> None:
    found = feed()
    assert text(found, "title") == text(found, "author/atom:name") == "Marlo Vane"
    assert (link(found, "self"), link(found, "alternate")) == (
        f"{SITE}/@marlo-vane/feed.atom",
        f"{SITE}/@marlo-vane/",
    )
    assert text(found, "id").startswith(SITE) and datetime.fromisoformat(text(found, "updated")).tzinfo


def test_it_lists_public_beats_whose_words_stay_words(cast: Cast, beat: Beat, now: datetime) -> None:
    make_draft(cast.marlo, account=cast.alice, now=now)
    found = feed()
    entry = found.find("atom:entry", NAMES)
    assert entry is not None and len(found.findall("atom:entry", NAMES)) == 1
    assert text(entry, "title") == "Low & Tide"
    assert text(entry, "summary") == "Slow &lt;3 drums &amp; keys", "a summary is read as HTML"
    assert link(entry, "alternate") == f"{SITE}{beat.get_absolute_url()}"
    assert text(entry, "id") == f"{SITE}/beats/{beat.pk}" and text(entry, "updated")


def test_a_feed_without_beats_is_one_too(cast: Cast) -> None:
    assert text(feed("/@sable-ortiz/feed.atom"), "updated")


def test_the_old_address_leads_to_the_same_feed(cast: Cast, beat: Beat, now: datetime) -> None:
    before = text(feed(), "id")
    change_handle(cast.marlo, handle="marlo", by=cast.alice, now=now)
    moved = Client().get("/@marlo-vane/feed.atom")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/@marlo/feed.atom")
    assert text(feed("/@marlo/feed.atom"), "id") == before
