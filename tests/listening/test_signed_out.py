"""Signed-out listeners: told apart within a day, forgotten after it, addresses on no disk."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backline.listening import queries
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.store import open_store
from tests.conftest import Cast
from tests.listening.world import BROWSER, Player, listen, make_beat, send


def visits(cast: Cast, now: datetime, *origins: dict[str, Any]) -> int:
    beat = make_beat(cast.marlo, now=now)
    for origin in origins:
        player = Player(beat, now=now, **origin)
        player.report([0, 60], after_s=60, final=True)
    fold_all(now=now)
    return queries.artist_today(cast.marlo.pk, now=now).signed_out_visits


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        ({"visitor": "a" * 22}, {"visitor": "a" * 22, "address": "198.51.100.1"}, 1),
        ({"visitor": "a" * 22}, {"visitor": "b" * 22}, 2),
        ({"visitor": ""}, {"visitor": ""}, 1),
        ({"visitor": ""}, {"visitor": "", "address": "198.51.100.1"}, 2),
        ({"visitor": "", "address": "2001:db8::1"}, {"visitor": "", "address": "2001:db8::2"}, 1),
        ({"visitor": "", "address": "2001:db8::1"}, {"visitor": "", "address": "2001:db8:0:1::1"}, 2),
    ],
)
def test_the_cookie_tells_players_apart_else_the_address(
    cast: Cast, now: datetime, one: dict[str, Any], two: dict[str, Any], count: int
):
    assert visits(cast, now, one, two) == count


def test_the_next_day_is_another_visit(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    for days in (1, 0):
        Player(beat, now=now - timedelta(days=days)).report([0, 60], after_s=60, final=True)
    fold_all(now=now)
    assert queries.artist_totals(cast.marlo.pk).signed_out_visits == 2


@pytest.mark.usefixtures("sqlite_only")
def test_neither_addresses_nor_cookies_nor_agents_reach_the_disk(cast: Cast, now: datetime, settings: Any):
    beat = make_beat(cast.marlo, now=now)
    Player(beat, now=now, address="203.0.113.77", visitor="cookie-of-a-visitor").report(
        [0, 60], after_s=60, final=True
    )
    event = listen(beat, at=now, listener=None, address="2001:db8:7:7::7", agent=BROWSER, final=False)
    send(event, listen(beat, at=now, address="198.51.100.77"), now=now)
    fold_all(now=now)
    path = Path(settings.LISTENING_URL.removeprefix("sqlite:///"))
    stored = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert len(stored) > 10_000
    for secret in ("203.0.113.77", "cookie-of-a-visitor", "2001:db8:7:7", "198.51.100.77", "Chrome/126"):
        assert secret.encode() not in stored


def test_three_days_after_its_end_a_day_is_forgotten(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    Player(beat, now=now).report([0, 60], after_s=60, final=True)
    fold_all(now=now)

    def kept(table: str) -> int:
        store: Any = open_store()
        return int(store._connections.get().execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    midnight = datetime(2026, 3, 19, tzinfo=now.tzinfo)
    close_all(now=midnight + timedelta(hours=71, minutes=59))
    assert [kept(table) for table in ("day_salt", "visitor", "address")] == [1, 1, 1]
    close_all(now=midnight + timedelta(hours=72))
    assert [kept(table) for table in ("day_salt", "visitor", "address")] == [0, 0, 0]
    assert kept("event_id") == 1
    assert queries.artist_totals(cast.marlo.pk).signed_out_visits == 1
