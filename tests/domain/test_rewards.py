from datetime import timedelta

import pytest

from backline.domain.contribution import ContributionRule, beat_points
from backline.domain.pool_rules import RULES
from backline.domain.rewards import (
    DAYS,
    FIRST_DAY,
    PLAYS,
    POOL_MINOR,
    PRODUCERS,
    SUBSCRIBERS,
    example,
    rewards,
)

STANDARD = ContributionRule()
BARE = ContributionRule(min_accounts=0, unplayed_counts=True, new_beats=100)


def _minor(rule: ContributionRule, key: str) -> list[int]:
    return [row.minor[key] for row in rewards(rule)]


@pytest.mark.parametrize("rule", [STANDARD, BARE, ContributionRule(new_beats=5)])
def test_the_figures_are_the_engines(rule):
    month = example(rule)
    for key, each in RULES.items():
        engine = dict.fromkeys(range(len(PRODUCERS)), 0)
        for (artist, _), micro in each.split_month(month).items():
            engine[artist] += micro
        shown = _minor(rule, key)
        assert sum(shown) == POOL_MINOR
        assert all(abs(minor * 1_000_000 - engine[artist]) < 1_000_000 for artist, minor in enumerate(shown))


def test_the_played_are_played_equally_often():
    month = example(STANDARD)
    for number, producer in enumerate(PRODUCERS):
        plays = sum(
            count
            for day in month.days.values()
            for beat, count in day.plays.items()
            if beat // 1_000 == number
        )
        assert plays == producer.plays == (PLAYS if producer.listeners else 0)
    assert len(month.subscribers) == SUBSCRIBERS


def test_what_nobody_plays_earns_nothing():
    assert [row.minor for row in rewards(STANDARD)][-1] == dict.fromkeys(RULES, 0)


def test_the_bare_formula_pays_for_what_nobody_plays():
    assert _minor(BARE, "contribution")[-1] > _minor(BARE, "contribution")[0]
    last = FIRST_DAY + timedelta(days=DAYS - 1)
    assert beat_points(FIRST_DAY, day=last, plays=0, accounts=0, rule=BARE) > 0


def test_one_more_new_beat_beyond_the_cap_earns_nothing():
    assert [row.weighing for row in rewards(STANDARD)] == [1, 10, 20, 0]
    month = example(STANDARD)
    weighing = [line for line, points in month.days[FIRST_DAY].points.items() if line[0] == 2 and points]
    assert len(weighing) == 20


def test_equal_plays_are_worth_the_same_pro_rata_once_all_of_them_weigh():
    assert _minor(ContributionRule(new_beats=100), "pro_rata") == [POOL_MINOR // 3] * 3 + [0]


def test_user_centric_follows_the_listeners():
    assert _minor(STANDARD, "user_centric") == [each.listeners * 1_000 for each in PRODUCERS]
