"""A listening store of version 1, as installations have it, comes to this version in place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backline.listening import jobs
from backline.listening.fold import fold_all
from backline.listening.rebuild import rebuild
from backline.listening.store import open_store
from backline.listening.store.connections import SCHEMA_VERSION
from tests.listening.past import Past, at_noon, send_all
from tests.listening.rollups import rollups

VERSION_1 = Path(__file__).with_name("version_1.sql")
DAY = 20_000


def write_version_1(path: Path, source: Path) -> None:
    """A file of version 1 with what it can hold of a newer one."""
    with closing(sqlite3.connect(path)) as old:
        old.executescript(VERSION_1.read_text(encoding="utf-8"))
        old.execute("ATTACH ? AS newer", (str(source),))
        for (table,) in old.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            columns = [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
            held = {row[1] for row in old.execute(f"PRAGMA newer.table_info({table})")}
            if held.issuperset(columns) and table != "verdict_change":
                names = ", ".join(columns)
                old.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM newer.{table}")
        old.commit()
        old.execute("PRAGMA user_version=1")


@pytest.mark.django_db
@pytest.mark.usefixtures("sqlite_only")
def test_version_1_is_upgraded_and_counted_anew(settings, tmp_path: Path):
    past = Past(8)
    send_all([draft for day in range(DAY, DAY + 3) for draft in [*past.listens(day, 30), past.download(day)]])
    send_all([past.mark(day) for day in range(DAY, DAY + 3) for _ in range(4)])
    fold_all(now=at_noon(DAY + 3))
    wanted = rollups()
    assert any(row[-1] for row in wanted["beat_day"]), "there is engagement to lose"
    old = tmp_path / "old" / "listening.sqlite3"
    old.parent.mkdir()
    write_version_1(old, Path(settings.LISTENING_URL.removeprefix("sqlite:///")))

    settings.LISTENING_URL = f"sqlite:///{old}"
    assert open_store().needs_rebuild()
    assert rollups()["artist_total"] != wanted["artist_total"]
    send_all([*Past(9).listens(DAY + 3, 3)])
    rebuild(from_day=DAY + 2)
    assert open_store().needs_rebuild(), "a part is not all"
    assert jobs.rebuild_after_upgrade()
    assert rollups() == wanted
    assert not jobs.rebuild_after_upgrade()
    fold_all(now=at_noon(DAY + 4))
    with closing(sqlite3.connect(old)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


@pytest.mark.django_db
@pytest.mark.usefixtures("sqlite_only")
def test_an_upgrade_that_fails_leaves_version_1(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from backline.listening.store import StoreError, connections

    fold_all(now=at_noon(DAY))
    old = tmp_path / "old.sqlite3"
    write_version_1(old, Path(settings.LISTENING_URL.removeprefix("sqlite:///")))
    broken = tmp_path / "broken.sql"
    broken.write_text(connections.UPGRADE.read_text() + "ALTER TABLE nowhere ADD COLUMN x;")
    settings.LISTENING_URL = f"sqlite:///{old}"
    with monkeypatch.context() as patch:
        patch.setattr(connections, "UPGRADE", broken)
        with pytest.raises(StoreError):
            open_store()
    with closing(sqlite3.connect(old)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (1,)
        assert "network" not in {row[1] for row in file.execute("PRAGMA table_info(listen)")}
    assert open_store().needs_rebuild()
