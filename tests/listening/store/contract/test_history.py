"""The same history through every store gives the same rows, and a rebuild gives them again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from backline.listening import fold as folding
from backline.listening.fold import fold, fold_all
from backline.listening.rebuild import rebuild
from backline.listening.store import Status, Store, open_store
from tests.listening.store.contract.drafts import DAY, Arrival, history
from tests.listening.store.contract.dump import dump

pytestmark = pytest.mark.django_db

Answers = list[list[tuple[Status, str]]]


def instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def play(store: Store, arrivals: list[Arrival], *, fold_every: int) -> Answers:
    """Appends the history, closing idle listens and folding now and then; answers what was answered."""
    answers = []
    for number, arrival in enumerate(arrivals):
        answers.append([(outcome.status, outcome.reason) for outcome in store.append(arrival.drafts)])
        if number % 3 == 0:
            store.close_idle(before_ms=arrival.at_ms - 600_000, now_ms=arrival.at_ms, limit=50)
        if number % fold_every == 0:
            fold(now=instant(arrival.at_ms))
    fold_all(now=instant(arrivals[-1].at_ms))
    return answers


@pytest.fixture
def reference(settings: LazySettings, tmp_path: Path) -> Callable[[list[Arrival]], tuple[Answers, object]]:
    """What SQLite makes of a history: the answers and all rows."""

    def run(arrivals: list[Arrival]) -> tuple[Answers, object]:
        here = settings.LISTENING_URL
        settings.LISTENING_URL = f"sqlite:///{tmp_path / 'reference.sqlite3'}"
        try:
            store = open_store()
            answers = play(store, arrivals, fold_every=4)
            rows = dump(store)
            store.close()
            return answers, rows
        finally:
            settings.LISTENING_URL = here

    return run


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_history_gives_the_same_rows(
    store: Store,
    reference: Callable[[list[Arrival]], tuple[Answers, object]],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
):
    arrivals = list(history(seed=seed, batches=25))
    expected_answers, expected_rows = reference(arrivals)
    monkeypatch.setattr(folding, "PORTION", 17)
    assert play(store, arrivals, fold_every=7) == expected_answers
    found = dump(store)
    watermarks = found.pop("watermark")
    assert {name: seq for name, seq, _ in watermarks}.keys() >= {"listen", "download", "mark"}
    for name, rows in found.items():
        assert rows == expected_rows[name], name  # type: ignore[index]


def test_a_rebuild_changes_nothing(store: Store):
    play(store, list(history(seed=3, batches=15)), fold_every=5)
    live = dump(store)
    rebuild(from_day=DAY + 1)
    assert dump(store) == live
    rebuild()
    assert dump(store) == live


def test_received_is_counted_plus_rejected(store: Store):
    arrivals = list(history(seed=4, batches=15))
    play(store, arrivals, fold_every=4)
    received = 0
    for beat in range(1, 5):
        for row in store.days("beat", beat, DAY - 1, DAY + 9):  # type: ignore[arg-type]
            assert row.received == row.plays + sum(row.rejected().values())
            received += row.received
    with store.folding() as session:
        assert received == len(session.listens(0, 10_000)) > 100
