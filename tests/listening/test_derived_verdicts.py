"""Verdicts that depend on the facts of the moment: who listens, with what, to what."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backline.catalog.models import Beat, Credit
from backline.core.ids import uuid7
from backline.listening import facts, queries
from backline.listening.fold import fold_all
from backline.listening.origins import PlayerOrigin, listener_text
from backline.listening.store import open_store
from tests.conftest import Cast
from tests.listening.world import BROWSER, ROBOT, Player, download, listen, make_beat, send


def verdict(artist_id: int, now: datetime) -> str:
    """What became of the only listen of an artist."""
    fold_all(now=now)
    receipts = queries.artist_totals(artist_id).receipts
    assert receipts.received == 1
    return "counted" if receipts.counted else next(iter(receipts.rejected))


def played(beat: Beat, now: datetime, **origin: Any) -> None:
    player = Player(beat, now=now, **origin)
    player.report(after_s=0)
    assert player.report([0, 60], after_s=60, final=True).status == "accepted"


def test_an_ordinary_listener_counts(cast: Cast, now: datetime):
    played(make_beat(cast.marlo, now=now), now, account_id=cast.lee.pk)
    assert verdict(cast.marlo.pk, now) == "counted"


@pytest.mark.parametrize("member", ["alice", "bob", "ada"])
def test_a_member_is_own_team(cast: Cast, now: datetime, member: str):
    played(make_beat(cast.marlo, now=now), now, account_id=getattr(cast, member).pk)
    assert verdict(cast.marlo.pk, now) == "own_team"


def test_a_member_of_a_guest_is_own_team_from_the_acceptance(cast: Cast, now: datetime):
    beat = make_beat(cast.sable, now=now, guests={cast.kit: now - timedelta(days=1)})
    played(beat, now, account_id=cast.bob.pk)
    assert verdict(cast.sable.pk, now) == "own_team"


def test_an_invited_guest_is_not_yet_on_the_team(cast: Cast, now: datetime):
    beat = make_beat(cast.sable, now=now, guests={cast.kit: now})
    Credit.objects.filter(beat=beat, artist=cast.kit).update(state=Credit.State.INVITED, answered_at=None)
    played(beat, now, account_id=cast.bob.pk)
    assert verdict(cast.sable.pk, now) == "counted"
    assert queries.artist_totals(cast.kit.pk).receipts.received == 0


def test_a_member_signed_out_on_the_address_used_signed_in_that_day(cast: Cast, now: datetime):
    mine, other = make_beat(cast.marlo, now=now), make_beat(cast.sable, now=now)
    played(other, now - timedelta(hours=1), account_id=cast.alice.pk, address="203.0.113.9")
    played(mine, now, address="203.0.113.9", visitor="x" * 22)
    assert verdict(cast.marlo.pk, now) == "own_team"


@pytest.mark.parametrize(("name", "expected"), [("alice", "own_team"), ("lee", "counted")])
def test_a_member_who_looked_at_pages_signed_in_from_the_address(
    cast: Cast, now: datetime, name: str, expected: str
):
    mine = make_beat(cast.marlo, now=now)
    view = {"id": str(uuid7(now)), "type": "impressions", "beats": [mine.pk]}
    signed_in = PlayerOrigin(account_id=getattr(cast, name).pk, address="203.0.113.9", agent=BROWSER)
    assert send(view, now=now - timedelta(hours=1), origin=signed_in)[0].status == "accepted"
    store: Any = open_store()
    [(noted,)] = store._connections.get().execute("SELECT count(*) FROM address_account").fetchall()
    assert noted == (1 if expected == "own_team" else 0)
    played(mine, now, address="203.0.113.9", visitor="x" * 22)
    assert verdict(cast.marlo.pk, now) == expected


def test_the_neighbour_and_the_next_day_are_not_the_team(cast: Cast, now: datetime):
    mine, other = make_beat(cast.marlo, now=now), make_beat(cast.sable, now=now)
    played(other, now - timedelta(days=1), account_id=cast.alice.pk, address="203.0.113.9")
    played(mine, now, address="203.0.113.9")
    assert verdict(cast.marlo.pk, now) == "counted"


def test_staff(cast: Cast, now: datetime):
    played(make_beat(cast.marlo, now=now), now, account_id=cast.dana.pk, staff=True)
    assert verdict(cast.marlo.pk, now) == "staff"


@pytest.mark.parametrize(("name", "expected"), [("alice", "own_team"), ("dana", "staff"), ("lee", "counted")])
def test_a_back_end_names_our_own_account(cast: Cast, now: datetime, name: str, expected: str):
    beat = make_beat(cast.marlo, now=now)
    account = getattr(cast, name)
    send(listen(beat, at=now, listener=listener_text(account.pk)), now=now)
    assert verdict(cast.marlo.pk, now) == expected


@pytest.mark.parametrize("agent", [ROBOT, "curl/8.1", ""])
def test_robots(cast: Cast, now: datetime, agent: str):
    played(make_beat(cast.marlo, now=now), now, agent=agent)
    assert verdict(cast.marlo.pk, now) == "robot"


@pytest.mark.parametrize(("agent", "expected"), [(ROBOT, "robot"), (BROWSER, "counted"), (None, "counted")])
def test_a_back_end_passes_the_agent_on(cast: Cast, now: datetime, agent: str | None, expected: str):
    send(listen(make_beat(cast.marlo, now=now), at=now, agent=agent), now=now)
    assert verdict(cast.marlo.pk, now) == expected


SERVER = "5.9.77.7"


def test_a_player_on_a_server_is_a_robot(cast: Cast, now: datetime):
    played(make_beat(cast.marlo, now=now), now, address=SERVER, account_id=cast.lee.pk)
    assert verdict(cast.marlo.pk, now) == "robot"


def test_a_back_end_passes_the_address_on(cast: Cast, now: datetime):
    send(listen(make_beat(cast.marlo, now=now), at=now, address=SERVER), now=now)
    assert verdict(cast.marlo.pk, now) == "robot"


def test_an_operators_own_list_of_networks(cast: Cast, now: datetime, settings: Any, tmp_path: Path):
    own = tmp_path / "networks"
    own.write_text("198.51.100.0/24\n")
    settings.HOSTING_NETWORKS = str(own)
    played(make_beat(cast.marlo, now=now), now, address="198.51.100.7")
    assert verdict(cast.marlo.pk, now) == "robot"
    played(make_beat(cast.sable, now=now), now, address=SERVER)
    assert verdict(cast.sable.pk, now) == "counted"


def test_a_draft_is_unavailable(cast: Cast, now: datetime):
    draft = make_beat(cast.marlo, now=now, state=Beat.State.DRAFT)
    send(listen(draft, at=now), now=now)
    assert verdict(cast.marlo.pk, now) == "unavailable"


def test_a_revoked_artist_is_unavailable(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    cast.marlo.revoked_at = now
    cast.marlo.save()
    send(listen(beat, at=now), now=now)
    assert verdict(cast.marlo.pk, now) == "unavailable"


def test_a_beat_that_becomes_private_within_two_seconds_at_most(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    facts.beat_facts([beat.pk], now=now)
    Beat.objects.filter(pk=beat.pk).update(state=Beat.State.DRAFT)
    assert facts.beat_facts([beat.pk], now=now + timedelta(seconds=1))[beat.pk].public
    assert not facts.beat_facts([beat.pk], now=now + timedelta(seconds=2))[beat.pk].public


def test_no_ticket_is_unproven(cast: Cast, now: datetime):
    player = Player(make_beat(cast.marlo, now=now), now=now)
    assert player.report([0, 60], after_s=60, final=True, ticket="").status == "accepted"
    assert verdict(cast.marlo.pk, now) == "unproven"


@pytest.mark.parametrize(("after_s", "expected"), [(40, "counted"), (39.9, "unproven"), (0, "unproven")])
def test_more_than_the_time_that_passed_plus_twenty_seconds_is_unproven(
    cast: Cast, now: datetime, after_s: float, expected: str
):
    player = Player(make_beat(cast.marlo, now=now), now=now)
    player.report([0, 60], after_s=after_s, final=True)
    assert verdict(cast.marlo.pk, now) == expected


def test_time_after_the_last_report_proves_nothing(cast: Cast, now: datetime):
    from backline.listening.actions import close_idle_listens

    player = Player(make_beat(cast.marlo, now=now), now=now)
    player.report([0, 170], after_s=2)
    later = now + timedelta(hours=1)
    close_idle_listens(now=later)
    assert verdict(cast.marlo.pk, later) == "unproven"


def test_a_clients_own_sum_and_clock_are_ignored(cast: Cast, now: datetime):
    player = Player(make_beat(cast.marlo, now=now), now=now)
    player.report([0, 5], after_s=60, final=True, distinct_s=500, started_at="2020-01-01T00:00:00Z")
    assert verdict(cast.marlo.pk, now) == "too_short"
    assert queries.artist_today(cast.marlo.pk, now=now).receipts.received == 1


def test_hearing_the_same_seconds_again_is_not_more(cast: Cast, now: datetime):
    send(listen(make_beat(cast.marlo, now=now), at=now, heard=[[0, 20], [0, 20], [5, 29]]), now=now)
    assert verdict(cast.marlo.pk, now) == "too_short"


def test_beyond_the_end_of_the_beat_there_is_nothing(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now, length_ms=35_000)
    send(listen(beat, at=now, heard=[[20, 500]]), now=now)
    assert verdict(cast.marlo.pk, now) == "too_short"


def test_a_beat_counts_in_full_for_each_credited_artist(cast: Cast, now: datetime):
    beat = make_beat(cast.sable, now=now, guests={cast.marlo: now - timedelta(hours=1)})
    send(listen(beat, at=now - timedelta(hours=2)), listen(beat, at=now, listener="other"), now=now)
    fold_all(now=now)
    assert queries.artist_totals(cast.sable.pk).plays == 2
    assert queries.artist_totals(cast.marlo.pk).plays == 1
    assert queries.plays_of_beats([beat.pk]) == {beat.pk: 2}


def test_downloads_of_the_team_and_staff_do_not_count(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    for account in (cast.alice, cast.dana, cast.lee):
        send(download(beat, at=now, listener=listener_text(account.pk)), now=now)
    fold_all(now=now)
    assert queries.artist_totals(cast.marlo.pk).downloads == 1
    page = queries.recent_downloads(cast.marlo.pk, first=now.date(), last=now.date())
    assert [item.account_id for item in page.items] == [cast.lee.pk]


def test_a_download_again_within_a_day_across_midnight_and_out_of_order(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    for hours in (1, 20, 26, 0, 30):
        send(download(beat, at=now - timedelta(hours=hours)), now=now)
        fold_all(now=now)
    # 1 h ago and 26 h ago count; each of the others is within a day of one that counted before it.
    assert queries.artist_totals(cast.marlo.pk).downloads == 2
