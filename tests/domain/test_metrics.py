"""Metrics: each is declared once and says what the code counts with; the document is current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backline.domain.contribution import ContributionRule
from backline.domain.metrics import METRICS, Metric, metric_groups
from backline.domain.metrics.document import as_markdown
from tests.architecture.tree import ROOT

DOCUMENT = ROOT / "docs" / "numbers.md"
TEMPLATES = ROOT / "backline" / "web"
NAMED = re.compile(r"""(?:definition\(|metric=)["']([a-z-]+)["']""")


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.key)
def test_each_is_said_in_sentences_and_shown_somewhere(metric: Metric):
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", metric.key)
    assert metric.places
    for sentence in metric.text:
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_keys_are_used_once():
    groups = metric_groups(ContributionRule())
    assert len(METRICS) == sum(len(group) for group in groups.values())


def test_the_document_is_current():
    said = DOCUMENT.read_text(encoding="utf-8")
    assert said == as_markdown(), "run `python -m backline numbers > docs/numbers.md`"


def test_every_label_that_opens_a_definition_has_one():
    found = {
        (path.name, key)
        for path in Path(TEMPLATES).rglob("*.html")
        for key in NAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert found
    assert [(name, key) for name, key in sorted(found) if key not in METRICS] == []


def test_texts_follow_the_constants(monkeypatch: pytest.MonkeyPatch):
    rule = ContributionRule(min_accounts=9)
    (points,) = (m for group in metric_groups(rule).values() for m in group if m.key == "pool-points")
    assert any("9 different accounts" in meaning for _, meaning in points.terms)
    assert "30 different seconds" in METRICS["plays"].text[0]
