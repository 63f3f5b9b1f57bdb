"""What this rule rewards: the page says what the engine says."""

from __future__ import annotations

import pytest
from django.test import Client

from backline.domain.contribution import ContributionRule
from backline.domain.rewards import rewards
from backline.web.amounts import amount
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("cast")
PAGE = "/help/rewards/"


def _text() -> str:
    answer = Client().get(PAGE)
    assert answer.status_code == 200
    return words(answer.content.decode())


@pytest.mark.parametrize(
    "rule", [ContributionRule(), ContributionRule(min_accounts=0, unplayed_counts=True, new_beats=100)]
)
def test_the_page_prints_the_engines_figures(settings, rule):
    settings.POOL_MIN_ACCOUNTS = rule.min_accounts
    settings.POOL_UNPLAYED_COUNTS = rule.unplayed_counts
    settings.POOL_NEW_BEATS = rule.new_beats
    text = _text()
    for row in rewards(rule):
        assert f"{row.weighing} of {row.producer.beats}" in text
        for minor in row.minor.values():
            assert amount(minor, "EUR") in text
    assert f"the {rule.new_beats} highest" in text


def test_the_reference_values_of_the_formula_are_there():
    text = _text()
    assert "Left 1.000 0.891 0.707 0.500 0.250" in text
    assert "Times 1.000 1.463 2.020 2.334 2.500 2.600 2.667" in text


def test_the_title_says_whom_the_rule_in_force_pays_most():
    assert "Contribution pays “a hundred uploads” most" in _text()
