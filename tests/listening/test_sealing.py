"""Sealed months: the file holds what the log held, dropped rows come back, and nothing half-done counts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from backline.domain.months import month_of, next_month
from backline.listening import sealing
from backline.listening.fold import fold_all
from backline.listening.rebuild import rebuild
from backline.listening.sealing import SealError, drop_month, path_of, restore_month, seal_month
from backline.listening.store import StoreError, open_store
from tests.listening.past import Past, at_noon, send_all
from tests.listening.rollups import rollups
from tests.listening.test_rebuild import START, live_through

pytest.importorskip("pyarrow")
pytestmark = pytest.mark.django_db
MONTH = next_month(START)


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def log() -> list[tuple[Any, ...]]:
    return open_store().log_rows(0, 1 << 30, 0, 1 << 30)


def test_a_dropped_month_is_counted_anew_from_its_file():
    live_through(5, end=START + 130)
    live, before = rollups(), log()
    in_month = [row for row in before if month_of(row[7]) == MONTH]
    assert seal_month(MONTH) == len(in_month) > 50
    day = open_store().judged(4, MONTH, MONTH + 20, limit=1)[0].listen.day
    plays = open_store().plays_of_day(day)
    drop_month(MONTH)
    assert len(log()) == len(before) - len(in_month)
    with pytest.raises(StoreError, match="restore"):
        open_store().plays_of_day(day)
    for from_day in (None, START):
        rebuild(from_day=from_day)
        assert rollups() == live
    assert len(log()) == len(before) - len(in_month), "dropped again"
    restore_month(MONTH)
    assert log() == before
    assert open_store().plays_of_day(day) == plays


def test_numbers_go_on_after_the_whole_log_was_dropped():
    send_all([*Past(2).listens(START, 6)])
    fold_all(now=at_noon(START))
    from backline.listening.closing import close_all

    close_all(now=at_noon(START + 70))
    seal_month(month_of(START))
    drop_month(month_of(START))
    assert [row[0] for row in log()] == [6]
    send_all([*Past(3).listens(START + 70, 2)])
    assert fold_all(now=at_noon(START + 70)) == 2
    live = rollups()
    rebuild()
    assert rollups() == live


def test_only_published_months_and_only_once_dropped():
    live_through(6, end=START + 100)
    with pytest.raises(SealError, match="not over"):
        seal_month(month_of(START + 99))
    with pytest.raises(SealError, match="not sealed"):
        drop_month(MONTH)
    count = seal_month(MONTH)
    assert seal_month(MONTH) == count
    drop_month(MONTH)
    with pytest.raises(SealError, match="dropped already"):
        seal_month(MONTH)


def test_a_file_that_was_damaged_is_not_believed():
    live_through(7, end=START + 100)
    live = rollups()
    seal_month(MONTH)
    drop_month(MONTH)
    path_of(MONTH).unlink()
    with pytest.raises(SealError, match="missing"):
        rebuild()
    assert rollups() == live


def test_a_seal_that_dies_counts_for_nothing(monkeypatch: pytest.MonkeyPatch):
    live_through(8, end=START + 100)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seal_month(MONTH)
    assert not path_of(MONTH).exists() and open_store().seals() == []
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "_read_digest", lambda _: (0, b""))
        with pytest.raises(SealError, match="reads back"):
            seal_month(MONTH)
    assert not path_of(MONTH).exists()
    assert seal_month(MONTH) > 0
