"""Each block as a table, as CSV and as a picture; what small rows become; and the API's figures."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from backline.catalog.models import Beat
from backline.listening.fold import fold_all
from backline.web.charts.palette import colours
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.listening.world import BROWSER, listen, send
from tests.web.api.clients import api, problem
from tests.web.insights.test_pages import ARTIST, BLOCKS, OF_BEATS, of
from tests.web.screens import heard_beat, read

pytestmark = pytest.mark.usefixtures("at_noon")
# Addresses of countries, as the tables that come with the package have them.
GERMAN, DUTCH, FRENCH = "91.0.0.1", "145.97.39.155", "90.0.0.1"


def rows(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))  # type: ignore[attr-defined]


@pytest.fixture
def heard(cast: Cast, now: datetime) -> Beat:
    """A beat with 12 German, 11 Dutch and 3 French plays, 25 of them by accounts and some through a host."""
    beat = make_public(cast.marlo, account=cast.alice, now=now - timedelta(days=3))
    events = []
    for index, address in enumerate([GERMAN] * 12 + [DUTCH] * 11 + [FRENCH] * 3):
        more: dict[str, Any] = {"agent": BROWSER, "address": address}
        more["source"] = "external:blog.example.com" if index % 2 else "profile"
        at = now - timedelta(hours=30, minutes=index)
        events.append(listen(beat, at=at, listener=f"fan {index}", heard=[[0, 40]], **more))
    send(*events, now=now)
    fold_all(now=now)
    return beat


def test_small_countries_are_folded_with_the_next_smallest(cast: Cast, heard: Beat):
    client = cast.client("ada")
    found = rows(client, f"{of(heard)}locations.csv")
    assert found == [
        ["Country", "Plays", "Share, %"],
        ["Germany", "12", "46.1"],
        ["Other, 2 countries", "14", "53.9"],
    ]
    page = client.get(f"{of(heard)}?all=1").content.decode()
    assert "3 countries, no cities" in page
    assert "France" not in page and "Netherlands" not in page and "#FR" not in page


def test_every_block_is_a_table_and_a_csv(cast: Cast, heard: Beat):
    client = cast.client("alice")
    for block in (*BLOCKS, *OF_BEATS):
        assert client.get(f"{of(heard)}{block}/").status_code == 200
        if block != "listeners":  # of whole months, and none is closed yet
            assert len(rows(client, f"{of(heard)}{block}.csv")) > 1, block
    assert client.get(f"{of(heard)}listeners.csv").status_code == 404


def test_a_table_opens_under_its_chart(cast: Cast, heard: Beat):
    headers = {"HX-Request": "true", "HX-Target": "plays-table"}
    html = cast.client("alice").get(f"{of(heard)}plays/?range=7d", headers=headers).content.decode()
    assert "<html" not in html and '<td>Tue 17 Mar 2026</td><td class="num">26</td>' in html
    assert "26" in read(cast.client("alice"), f"{of(heard)}plays/?range=7d")


@pytest.mark.parametrize(
    "block",
    [
        "plays",
        "retention",
        "completion",
        "durations",
        "start",
        "funnel",
        "sources",
        "devices",
        "locations",
        "week",
    ],
)
def test_a_picture_stands_alone(cast: Cast, heard: Beat, block: str):
    answer = cast.client("alice").get(f"{of(heard)}{block}.svg?range=30d")
    assert answer["Content-Type"] == "image/svg+xml" and "attachment" in answer["Content-Disposition"]
    svg = answer.content.decode()
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Low Tide: " in svg and "Last 30 days" in svg and colours()["data-1"] in svg
    assert "foreignObject" not in svg and "href=" not in svg and "var(" not in svg


def test_retention_is_drawn_from_twenty_listens_on(cast: Cast, heard: Beat):
    page = read(cast.client("alice"), f"{of(heard)}?all=1")
    assert "Share of 26 listens that heard each second: 100% at the start" in page


def test_the_api_gives_the_same_figures(cast: Cast, heard: Beat):
    body = api(cast.ada).get(f"/api/v1/beats/{heard.pk}/insights?range=7d&by=day").json()
    assert (body["totals"]["plays"], body["totals"]["accounts"]) == (26, 26)
    assert [point["plays"] for point in body["points"]] == [0, 0, 0, 0, 0, 0, 26]
    assert body["countries"] == [
        {"name": "Germany", "plays": 12},
        {"name": "Other, 2 countries", "plays": 14},
    ]
    assert body["receipts"] == {"received": 26, "counted": 26, "rejected": {}}
    assert body["engagement"]["listens"] == 26 and body["newcomers"] == {"new": 26, "returning": 0}
    activity = api(cast.ada).get(f"/api/v1/beats/{heard.pk}/activity?period=7d").json()
    for name in ("plays", "accounts", "downloads", "likes"):
        assert activity[name] == body["totals"][name]


def test_the_api_refuses_what_makes_no_sense_and_strangers(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    for query in ("range=x", "by=century", "compare=x", "range=2027-01-01..2027-01-02"):
        assert problem(api(cast.alice).get(f"/api/v1/beats/{beat.pk}/insights?{query}"))[0] == 422
    for address in (f"/api/v1/beats/{beat.pk}/insights", "/api/v1/artists/marlo-vane/insights"):
        assert problem(api(cast.charlie).get(address)) == (404, "not_found")
    assert api(cast.ada).get("/api/v1/artists/marlo-vane/insights").status_code == 200
    assert ARTIST.endswith("insights/")
