"""Every achievement: just below, exactly at, and above what it asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backline.domain.achievements import Group, Kind, Rarity, parsed
from backline.domain.percentiles import Ladder, ladder
from backline.domain.seasons import first_in_season
from backline.standing.achievements import all_achievements, by_key
from tests.standing.facts import DAY, NOW, hundred, outlook

SPEC = """
catalogue      Crate Starter 500 common, Crate Builder 1500 rare, Stacked 3000 epic, Wall of Sound 5000 legendary
plays          First Spark 1000 common, On Repeat 2000 rare, Everywhere 3500 epic
metadata       Labeller 800 common, Archivist 1500 rare, Librarian 2500 epic
profile        Face to the Name 200 common, Liner Notes 300 common, Wired 400 common, Gallery Wall 500 common
genre          Home Turf 1500 rare, Genre Hopper 2500 epic, Polyglot 4000 legendary
collaboration  Plus One 500 common, House Band 1500 rare, Session Regular 3000 epic, Connector 5000 legendary
overall        Upper Quarter 2000 rare, Front Row 3500 epic, Headliner 6000 legendary, Standout 1800 rare
tenure         Founding Thirty 1000 epic, One Season 150 common, Half a Year 300 rare, Year One 600 rare, Second Year 1000 epic, Third Year 1500 epic
money          Month’s Best Seller 800 common
seasonal       Night Shift 200 common, Snowed In 200 common, Midnight Count 200 common, Slow Dance 200 common
milestones     100 plays 100 common, 1,000 plays 300 common, 10,000 plays 1000 rare, 100,000 plays 2500 epic, First licence 200 common, First sale 500 common, First statement 300 common
"""  # noqa: E501

# Reached from a number on: the achievement, its measure, the number.
REACHES = [
    ("face_to_the_name", "photo", 1),
    ("liner_notes", "bio", 1),
    ("wired", "links", 4),
    ("gallery_wall", "photos", 6),
    ("plus_one", "collab_beats", 1),
    ("house_band", "collab_beats", 10),
    ("session_regular", "collab_beats", 25),
    ("connector", "collab_beats", 50),
    ("best_seller", "best_seller", 1),
    ("plays_100", "plays", 100),
    ("plays_1000", "plays", 1_000),
    ("plays_10000", "plays", 10_000),
    ("plays_100000", "plays", 100_000),
    ("first_licence", "licences", 1),
    ("first_sale", "sales", 1),
    ("first_statement", "statements", 1),
]
# In a top share: the achievement, its measure, the percentage, the least, and what the least counts.
TOPS = [
    ("crate_starter", "public_beats", 50, 5, ""),
    ("crate_builder", "public_beats", 25, 10, ""),
    ("stacked", "public_beats", 10, 25, ""),
    ("wall_of_sound", "public_beats", 5, 50, ""),
    ("first_spark", "best_plays", 25, 100, ""),
    ("on_repeat", "best_plays", 10, 1_000, ""),
    ("everywhere", "best_plays", 5, 10_000, ""),
    ("genre_hopper", "diversity", 20, 3, ""),
    ("polyglot", "diversity", 10, 5, ""),
    ("upper_quarter", "overall", 25, 5, "public_beats"),
    ("front_row", "overall", 15, 10, "public_beats"),
    ("headliner", "overall", 5, 20, "public_beats"),
    ("standout", "standout", 10, 0, ""),
]
QUALITY = [("labeller", 7_000, 5), ("archivist", 8_000, 15), ("librarian", 9_000, 30)]
TENURE = [("one_season", 3), ("half_a_year", 6), ("year_one", 12), ("second_year", 24), ("third_year", 36)]
SEASONS = [
    ("night_shift", (10, 30), (11, 1)),
    ("snowed_in", (12, 23), (12, 26)),
    ("midnight_count", (12, 31), (1, 2)),
    ("slow_dance", (2, 13), (2, 15)),
]


def test_the_data_file_is_the_specification():
    expected = [
        (group, name, int(xp), rarity)
        for line in SPEC.strip().splitlines()
        for group, rest in [line.split(maxsplit=1)]
        for entry in rest.split(", ")
        for name, xp, rarity in [entry.rsplit(" ", 2)]
    ]
    found = [(each.group.value, each.name, each.xp, each.rarity.value) for each in all_achievements()]
    assert found == expected and len(found) == 43
    assert {each.group for each in all_achievements()} == set(Group)
    assert {each.rarity for each in all_achievements()} == set(Rarity)


def test_each_achievement_is_in_one_of_the_tables_here():
    named = [row[0] for table in (REACHES, TOPS, QUALITY, TENURE, SEASONS) for row in table]
    assert sorted([*named, "home_turf", "founding_thirty"]) == sorted(by_key())


def test_a_key_that_is_there_twice_is_refused():
    row = {
        "name": "A",
        "how": "",
        "group": "plays",
        "rarity": "rare",
        "xp": 1,
        "kind": "reach",
        "measure": "plays",
    }
    with pytest.raises(ValueError, match="same key"):
        parsed([{"key": "a", **row}, {"key": "a", **row}])


@pytest.mark.parametrize(("key", "measure", "least"), REACHES)
def test_reached_from_a_number_on(key: str, measure: str, least: int):
    assert by_key()[key].kind is Kind.REACH
    below = outlook(key, **{measure: least - 1})
    assert not below.reached
    if least > 1:
        assert below.text == f"{least - 1:,} of {least:,}"
        assert below.progress_bp is not None and below.progress_bp < 10_000
    else:
        assert (below.text, below.progress_bp) == ("not yet", None)
    for number in (least, least + 1):
        assert outlook(key, **{measure: number}).reached
    assert not outlook(key, **{measure: 0}).reached
    assert not outlook(key, **{measure: None}).available


@pytest.mark.parametrize(("key", "measure", "top", "least", "counted"), TOPS)
def test_reached_in_a_top_share_with_enough(key: str, measure: str, top: int, least: int, counted: str):
    step = max(least, 1)
    edge = (101 - top) * step  # of a hundred scores the top p are from here on
    numbers: dict[str, Any] = {counted: least} if counted else {}
    ladders = {measure: hundred(step)}
    assert not outlook(key, ladders=ladders, **numbers | {measure: edge - 1}).reached
    assert outlook(key, ladders=ladders, **numbers | {measure: edge}).reached
    assert outlook(key, ladders=ladders, **numbers | {measure: edge + 1}).reached
    nobody_else = {measure: ladder([1] * 80 + [least * 10 + 10] * 1 + [1] * 19)}
    if counted:
        assert not outlook(key, ladders=ladders, **{counted: least - 1, measure: edge}).reached
    elif least:
        low = {measure: ladder([1] * 1_000 + [2])}
        assert not outlook(key, ladders=low, **{measure: least - 1}).reached
        assert outlook(key, ladders=low, **{measure: least}).reached
    assert not outlook(key, ladders=nobody_else, **numbers | {measure: 0}).reached


@pytest.mark.parametrize(("key", "measure", "top", "least", "counted"), TOPS)
def test_a_top_share_of_fewer_than_twenty_is_not_yet_available(
    key: str, measure: str, top: int, least: int, counted: str
):
    few = outlook(key, ladders={measure: ladder(range(1, 20))}, **{"public_beats": 99, measure: 10_000_000})
    assert (few.reached, few.available, few.text) == (
        False,
        False,
        "Not yet available: fewer than 20 are ranked",
    )
    enough = outlook(
        key, ladders={measure: ladder(range(1, 21))}, **{"public_beats": 99, measure: 10_000_000}
    )
    assert enough.reached


@pytest.mark.parametrize(("key", "edge", "beats"), QUALITY)
def test_quality_must_be_above_with_enough_beats(key: str, edge: int, beats: int):
    assert not outlook(key, quality_bp=edge, public_beats=beats).reached
    assert outlook(key, quality_bp=edge + 1, public_beats=beats).reached
    assert not outlook(key, quality_bp=10_000, public_beats=beats - 1).reached
    assert outlook(key, quality_bp=10_000, public_beats=beats + 1).reached
    assert not outlook(key).reached


@pytest.mark.parametrize(("key", "months"), TENURE)
def test_tenure_is_reached_on_the_day_and_dated_at_it(key: str, months: int):
    joined = datetime(2023, 1, 18, 15, 30, tzinfo=UTC)
    year, month = divmod(months, 12)
    at = joined.replace(year=2023 + year, month=1 + month)
    assert not outlook(key, joined_at=joined, now=at - timedelta(seconds=1)).reached
    found = outlook(key, joined_at=joined, now=at)
    assert found.reached and found.at == at
    assert outlook(key, joined_at=joined, now=at + DAY).at == at
    waiting = outlook(key, joined_at=joined, now=at - DAY)
    assert waiting.text == f"on {at.day} {at:%b %Y}" and waiting.progress_bp


def test_founding_thirty_is_for_the_first_thirty():
    assert outlook("founding_thirty", joined_as=29).reached
    assert outlook("founding_thirty", joined_as=30).at == NOW
    for later in (31, None):
        found = outlook("founding_thirty", joined_as=later)
        assert not found.reached and found.text.startswith("Closed")


@pytest.mark.parametrize(("key", "first", "last"), SEASONS)
def test_a_season_is_its_days(key: str, first: tuple[int, int], last: tuple[int, int]):
    season = by_key()[key]

    def published(at: datetime) -> bool:
        days = {"first_day": season.first_day, "last_day": season.last_day}
        found = first_in_season([at], **days, zone=ZoneInfo("UTC"))
        return outlook(key, instants={key: found} if found else {}).reached

    begins = datetime(2025, *first, tzinfo=UTC)
    ends = datetime(2025 + (last < first), *last, tzinfo=UTC) + DAY
    assert not published(begins - timedelta(seconds=1))
    assert published(begins) and published(ends - timedelta(seconds=1))
    assert not published(ends)


def test_a_season_says_when_it_opens_and_that_it_is_open():
    assert outlook("slow_dance").text == "opens 13 Feb 2027"
    assert outlook("slow_dance", now=datetime(2026, 2, 14, tzinfo=UTC)).text == "open until 15 Feb 2026"


def test_home_turf_needs_a_beat_in_the_top_of_a_genre_that_is_large_enough():
    ladders = {"genre:trap": hundred(10)}
    assert not outlook("home_turf", genres={"trap": 909}, ladders=ladders).reached
    assert outlook("home_turf", genres={"trap": 910}, ladders=ladders).reached
    assert outlook("home_turf", genres={"drill": 1, "trap": 990}, ladders=ladders).reached
    small = outlook("home_turf", genres={"trap": 990}, ladders={"genre:trap": Ladder(19)})
    assert not small.reached and small.text.endswith("your genres have fewer than 20 beats by 10 artists")


def test_a_tie_that_is_too_wide_is_in_no_small_share():
    wide = {"best_plays": ladder([5_000] * 30 + [1] * 70)}
    assert not outlook("first_spark", best_plays=5_000, ladders=wide).reached
    assert outlook(
        "first_spark", best_plays=5_000, ladders={"best_plays": ladder([5_000] * 25 + [1] * 75)}
    ).reached


def test_progress_is_said_in_figures():
    assert outlook(
        "stacked", public_beats=34, ladders={"public_beats": ladder([*range(1, 100), 50])}
    ).text == ("34 of 90 public beats, top 67%")
    assert outlook("librarian", quality_bp=8_670, public_beats=48).text == "86.7% of 90%"
    assert outlook("front_row", overall=80, public_beats=10, ladders={"overall": hundred()}).text == "top 21%"
