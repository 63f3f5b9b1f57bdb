"""The frame: menu, artists, theme, level."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import RequestFactory

from backline.people import actions as people
from backline.people.models import Account, Artist, Member
from backline.web.models import MenuItem
from backline.web.shell import Shell, shell_for
from tests.conftest import Cast


def shell(account: Account, address: str = "/dashboard/", **session: Any) -> Shell:
    """The frame that this account gets at this address."""
    request = RequestFactory().get(address)
    request.user = account
    request.session = session  # type: ignore[assignment]
    return shell_for(request)


def test_the_menu_is_the_tables_in_order_and_marks_where_you_are(cast: Cast):
    menu = shell(cast.alice, "/dashboard/activity/").menu
    assert [item.label for item in menu] == [
        "Dashboard",
        "Finances",
        "Activity",
        "Progress",
        "Leaderboards",
        "My Beats",
        "My Collections",
    ]
    assert [item.label for item in menu if item.current] == ["Activity"]


def test_entries_are_for_their_audience(cast: Cast):
    MenuItem.objects.all().delete()
    for position, audience in enumerate(MenuItem.Audience.values):
        MenuItem.objects.create(
            label=audience, icon="star", address=f"/{audience}/", position=position, audience=audience
        )
    assert [item.label for item in shell(cast.alice).menu] == ["everyone", "producers"]
    assert [item.label for item in shell(cast.lee).menu] == ["everyone"]
    assert [item.label for item in shell(cast.dana).menu] == ["everyone", "staff"]


def test_an_empty_menu_says_so(cast: Cast):
    MenuItem.objects.all().delete()
    page = cast.client("alice").get("/dashboard/").content.decode()
    assert page.count("No menu items configured") == 3  # rail, drawer, shortcut cards


def test_one_artist_needs_no_choice_in_addresses(cast: Cast):
    frame = shell(cast.alice)
    assert frame.artist == cast.marlo
    assert frame.link("/dashboard/beats/") == "/dashboard/beats/"


def test_several_artists_stay_in_every_backstage_address(cast: Cast):
    frame = shell(cast.bob, "/dashboard/?artist=marlo-vane")
    assert [(choice.handle, choice.role, choice.selected) for choice in frame.artists] == [
        ("kit-nakagawa", "Owner", False),
        ("marlo-vane", "Manager", True),
    ]
    assert frame.link("/dashboard/activity/#live") == "/dashboard/activity/?artist=marlo-vane#live"
    assert frame.link("/dashboard/?page=2") == "/dashboard/?page=2&artist=marlo-vane"
    assert frame.link("/@marlo-vane/") == "/@marlo-vane/"


def test_another_artist_begins_without_the_filters_of_this_one(cast: Cast):
    frame = shell(cast.bob, "/dashboard/beats/?artist=marlo-vane&q=x&page=3")
    assert [choice.address for choice in frame.artists] == [
        "/dashboard/beats/?artist=kit-nakagawa",
        "/dashboard/beats/?artist=marlo-vane",
    ]


def test_the_choice_is_remembered(cast: Cast):
    client = cast.client("bob")
    assert "Marlo Vane</h1>" in client.get("/dashboard/?artist=marlo-vane").content.decode()
    assert "Marlo Vane</h1>" in client.get("/dashboard/").content.decode()


def test_the_level_is_the_artists_and_begins_at_1(cast: Cast):
    level = shell(cast.alice).level
    assert level is not None and (level.level, level.xp) == (1, 0)
    assert "Level 1" in cast.client("alice").get("/dashboard/").content.decode()
    assert shell(cast.lee).level is None


@pytest.mark.parametrize(
    ("cookie", "attribute"), [("dark", True), ("light", True), ("system", False), ("<x>", False)]
)
def test_the_server_draws_the_chosen_theme(cast: Cast, cookie: str, attribute: bool):
    client = cast.client("alice")
    client.cookies["theme"] = cookie
    page = client.get("/dashboard/").content.decode()
    assert (f'data-theme="{cookie}"' in page) is attribute
    assert "<x>" not in page


def test_nothing_dead_is_drawn(cast: Cast):
    client = cast.client("alice")
    page = client.get("/dashboard/").content.decode()
    assert 'href="#"' not in page
    addresses = {html.unescape(each) for each in re.findall(r'<a [^>]*href="(/[^"]*)"', page)}
    assert "/help/" in addresses and len(addresses) > 15
    assert {
        each: client.get(each).status_code for each in addresses if client.get(each).status_code != 200
    } == {}


def test_the_frame_costs_no_query_for_a_visitor(client: Any, django_assert_num_queries: Any, cast: Cast):
    client.get("/styleguide/")  # once a process: whether there is staff
    with django_assert_num_queries(0):
        assert client.get("/styleguide/").status_code == 200


def test_every_artist_adds_no_query(cast: Cast, django_assert_num_queries: Any, now: Any):
    client = cast.client("alice")
    client.get("/settings/")
    # Session, account, second factor, memberships, counts, menu, level, unread.
    with django_assert_num_queries(8):
        client.get("/settings/")
    for number in range(3):
        artist: Artist = people.create_artist(
            cast.bob, name=f"Side {number}", handle=f"side-{number}", now=now
        )
        people.add_member(artist, account=cast.alice, role=Member.Role.ANALYST, now=now)
    with django_assert_num_queries(8):
        client.get("/settings/")
