"""The rules: one verdict each, first match wins, thresholds where the constants say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backline.domain import verdicts as rules
from backline.domain.day_history import DayHistory
from backline.domain.verdict_texts import explain, explanations, what_counts
from backline.domain.verdicts import Listen, Verdict, judge

STORED = set(Verdict) - {Verdict.FUTURE, Verdict.LATE, Verdict.NETWORK, Verdict.WITHDRAWN}
FLAGS = ["unavailable", "robot", "own_team", "staff", "unproven"]


def listen(**changes: Any) -> Listen:
    """A listen that is counted unless something is changed."""
    whole = Listen(
        beat=1, listener=1, address=1, started_ms=0, played_ms=60_000, distinct_ms=60_000, beat_ms=180_000
    )
    return whole._replace(**changes)


def after(*counted: Listen) -> DayHistory:
    history = DayHistory()
    for one in counted:
        history.add(one)
    return history


def judge_all(listens: list[Listen]) -> list[Verdict]:
    """The verdicts of a day in log order."""
    history, given = DayHistory(), []
    for one in listens:
        given.append(judge(one, history))
        if given[-1] is Verdict.COUNTED:
            history.add(one)
    return given


listens = st.builds(
    Listen,
    beat=st.integers(1, 3),
    listener=st.integers(0, 3),
    address=st.integers(0, 2),
    started_ms=st.integers(0, 600_000),
    played_ms=st.integers(0, 200_000),
    distinct_ms=st.integers(0, 200_000),
    beat_ms=st.integers(30_000, 240_000),
    unavailable=st.booleans(),
    robot=st.booleans(),
    own_team=st.booleans(),
    staff=st.booleans(),
    unproven=st.booleans(),
)


@given(st.lists(listens, max_size=40))
def test_every_listen_gets_exactly_one_verdict_of_the_closed_set(day: list[Listen]):
    given = judge_all(day)
    assert len(given) == len(day)
    assert set(given) <= STORED


@given(st.lists(listens, max_size=40))
def test_judging_again_gives_the_same(day: list[Listen]):
    assert judge_all(day) == judge_all(day)


@given(st.lists(listens, max_size=40), st.integers(0, 40))
def test_a_verdict_depends_only_on_what_is_before_it(day: list[Listen], cut: int):
    assert judge_all(day)[:cut] == judge_all(day[:cut])


@given(listens)
def test_an_earlier_rule_wins(one: Listen):
    first = next((flag for flag in FLAGS if getattr(one, flag)), None)
    if first is not None:
        assert judge(one, DayHistory()) == first


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_has_its_verdict(flag: str):
    assert judge(listen(**{flag: True}), DayHistory()) == flag


@pytest.mark.parametrize(
    ("beat_ms", "distinct_ms", "verdict"),
    [
        (180_000, 30_000, Verdict.COUNTED),
        (180_000, 29_999, Verdict.TOO_SHORT),
        (60_000, 29_999, Verdict.TOO_SHORT),
        (40_000, 20_000, Verdict.COUNTED),
        (40_000, 19_999, Verdict.TOO_SHORT),
        (180_000, 0, Verdict.TOO_SHORT),
    ],
)
def test_thirty_different_seconds_or_half_of_a_short_beat(beat_ms: int, distinct_ms: int, verdict: Verdict):
    assert judge(listen(beat_ms=beat_ms, distinct_ms=distinct_ms), DayHistory()) is verdict


def test_two_at_once_by_more_than_five_seconds():
    before = after(listen(started_ms=0, played_ms=60_000))
    assert judge(listen(beat=2, started_ms=55_000), before) is Verdict.COUNTED
    assert judge(listen(beat=2, started_ms=54_999), before) is Verdict.OVERLAP
    # The same moment from one address is two people: never judged by address.
    assert judge(listen(beat=2, started_ms=0, listener=2), before) is Verdict.COUNTED
    assert judge(listen(beat=2, started_ms=0, listener=0), before) is Verdict.COUNTED


def test_one_player_that_never_stops_never_overlaps():
    day = [listen(beat=n, started_ms=n * 60_000) for n in range(200)]
    assert set(judge_all(day)) == {Verdict.COUNTED}


def test_ten_plays_of_a_beat_a_day():
    day = [listen(started_ms=n * 60_000) for n in range(12)]
    assert judge_all(day) == [Verdict.COUNTED] * 10 + [Verdict.REPEATED] * 2
    others = [listen(listener=n + 1, address=0) for n in range(12)]
    assert judge_all(others) == [Verdict.COUNTED] * 12


def test_three_hundred_plays_a_day():
    day = [listen(beat=n, address=0, started_ms=n * 60_000) for n in range(301)]
    assert judge_all(day)[-2:] == [Verdict.COUNTED, Verdict.BURST]


def test_twenty_of_one_beat_from_one_address():
    day = [listen(listener=n + 1) for n in range(21)]
    assert judge_all(day) == [Verdict.COUNTED] * 20 + [Verdict.BURST]
    assert judge_all([one._replace(address=0) for one in day]) == [Verdict.COUNTED] * 21


def test_two_hundred_from_one_address():
    day = [listen(listener=n + 1, beat=n) for n in range(201)]
    assert judge_all(day)[-2:] == [Verdict.COUNTED, Verdict.BURST]


def test_what_was_not_counted_does_not_weigh_on_what_comes_after():
    short = [listen(distinct_ms=1_000, started_ms=n * 1_000) for n in range(50)]
    assert judge_all([*short, listen(started_ms=0)])[-1] is Verdict.COUNTED


@given(distinct=st.integers(0, 10**7), elapsed=st.integers(0, 10**7))
def test_nobody_hears_more_than_time_passes(distinct: int, elapsed: int):
    proven = rules.is_proven(distinct_ms=distinct, elapsed_ms=elapsed)
    assert proven == (distinct <= elapsed + 20_000)


def test_completed_is_more_than_four_fifths_reached_and_half_heard():
    def completed(furthest: int, distinct: int) -> bool:
        return rules.is_completed(furthest_ms=furthest, distinct_ms=distinct, beat_ms=100_000)

    assert completed(80_001, 50_000)
    assert not completed(80_000, 80_000)
    assert not completed(100_000, 49_999)


def test_the_order_of_the_rules_is_the_published_one():
    assert [verdict.value for verdict in Verdict] == [
        "unavailable",
        "future",
        "late",
        "robot",
        "own_team",
        "staff",
        "unproven",
        "too_short",
        "overlap",
        "repeated",
        "burst",
        "network",
        "withdrawn",
        "counted",
    ]


def test_every_verdict_is_explained_with_its_constants(monkeypatch: pytest.MonkeyPatch):
    for verdict in Verdict:
        title, text = explain(verdict)[1:]
        assert title and text.endswith((".", "play."))
    assert [one.verdict for one in explanations()][-1] is Verdict.COUNTED
    assert "30 different seconds" in what_counts()
    monkeypatch.setattr(rules, "REPEATED_PER_DAY", 7)
    assert "7 plays" in explain(Verdict.REPEATED).text


@settings(max_examples=25)
@given(st.lists(listens, max_size=30))
def test_received_is_counted_plus_rejected(day: list[Listen]):
    given = judge_all(day)
    counted = given.count(Verdict.COUNTED)
    rejected = {verdict: given.count(verdict) for verdict in STORED - {Verdict.COUNTED}}
    assert counted + sum(rejected.values()) == len(day)
