"""Everything that follows the fold, on every store: closes, changes, months, merged days, rebuilds, and all reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from backline.listening import months
from backline.listening import rebuild as rebuilding
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.rebuild import rebuild
from backline.listening.store import Status, Store, open_store
from tests.listening.past import BEATS, Past, at_noon, send_all
from tests.listening.store.contract.answers import answers
from tests.listening.store.contract.dump import dump

pytestmark = pytest.mark.django_db

START, END = 20_000, 20_096
BUSY = (20_000, 20_001, 20_020, 20_031, 20_060, 20_062, 20_090, 20_095)
ALL: dict[str, Any] = {"beats": [*BEATS], "artists": [10, 20, 30], "first": START, "last": END}


@pytest.fixture(autouse=True)
def _short_horizons(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a quarter of a year holds what otherwise takes fourteen months."""
    monkeypatch.setattr(months, "BEAT_DAYS_MONTHS", 1)
    monkeypatch.setattr(months, "SECONDS_DAYS", 31)
    monkeypatch.setattr(months, "OWNERS", 2)


def live_through() -> None:
    """A quarter of a year on the installation's store."""
    past = Past(5)
    for day in BUSY:
        drafts = [*past.listens(day, 25), past.download(day), past.mark(day), past.mark(day)]
        # A crowd behind one network, which the close takes back.
        drafts += [past.listen(day, address="203.0.9.9", beat=1, artists=BEATS[1]) for _ in range(5)]
        send_all(drafts)
        fold_all(now=at_noon(day))
        if day in (20_031, 20_062):
            close_all(now=at_noon(day))
            past.change_some(now=at_noon(day))
    fold_all(now=at_noon(END))
    close_all(now=at_noon(END))


@pytest.mark.slow
def test_everything_after_the_fold_is_the_same(
    store: Store, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    here = settings.LISTENING_URL
    settings.LISTENING_URL = f"sqlite:///{tmp_path / 'reference.sqlite3'}"
    live_through()
    expected, expected_rows = answers(open_store(), **ALL), dump(open_store())
    open_store().close()
    settings.LISTENING_URL = here
    live_through()

    assert expected["horizons"].months and expected["horizons"].beat_days and expected["horizons"].seconds
    assert expected["changes"]
    found = answers(store, **ALL)
    for name, answer in expected.items():
        assert found[name] == answer, name
    assert dump(store) == expected_rows

    monkeypatch.setattr(rebuilding, "PORTION", 60)
    for from_day in (None, BUSY[3]):
        rebuild(from_day=from_day)
        assert dump(store) == expected_rows
    assert answers(store, **ALL) == expected


def test_an_event_of_a_closed_day_is_late_and_its_keys_are_gone(store: Store):
    past = Past(6)
    send_all([past.listen(START) for _ in range(9)])
    fold_all(now=at_noon(START))
    close_all(now=at_noon(START + 9))
    connection: Any = store._connections.get()  # type: ignore[attr-defined]
    for table in ("day_salt", "visitor", "address", "network", "address_account"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    [outcome] = store.append([past.listen(START)])
    assert outcome.status is Status.LATE
    [outcome] = store.append([past.listen(START + 9)])
    assert outcome.status is Status.ACCEPTED
