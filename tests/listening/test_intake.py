"""Intake answers: each item one answer, a bad one never spoils the batch, a repeated one changes nothing."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backline.catalog.models import Beat
from backline.listening import queries
from backline.listening.fold import fold_all
from backline.listening.intake import TooManyEventsError
from backline.listening.origins import BackEndOrigin, PlayerOrigin
from tests.conftest import Cast
from tests.listening.world import BROWSER, PLATFORM, Player, download, listen, make_beat, send

BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"id": None}, "id", "missing"),
    ({"id": 7}, "id", "wrong_type"),
    ({"id": "not-a-uuid"}, "id", "wrong_format"),
    ({"id": "{01890a5d-ac96-774b-bcce-b302099a8057}"}, "id", "wrong_format"),
    ({"type": None}, "type", "missing"),
    ({"type": "dance"}, "type", "unknown"),
    ({"type": ["listen"]}, "type", "unknown"),
    ({"beat": None}, "beat", "missing"),
    ({"beat": "1"}, "beat", "wrong_type"),
    ({"beat": True}, "beat", "wrong_type"),
    ({"beat": 1.0}, "beat", "wrong_type"),
    ({"beat": math.nan}, "beat", "wrong_type"),
    ({"beat": 0}, "beat", "out_of_range"),
    ({"beat": 10**40}, "beat", "out_of_range"),
    ({"beat": 987_654}, "beat", "unknown"),
    ({"listener": 5}, "listener", "wrong_type"),
    ({"listener": "x" * 201}, "listener", "too_long"),
    ({"listener": "\ud800"}, "listener", "wrong_format"),
    ({"listener": "a\x00b"}, "listener", "wrong_format"),
    ({"started_at": None}, "started_at", "missing"),
    ({"started_at": 1_700_000_000}, "started_at", "wrong_type"),
    ({"started_at": "yesterday"}, "started_at", "wrong_format"),
    ({"started_at": "2026-03-18T15:00:00"}, "started_at", "wrong_format"),
    ({"started_at": "9999-12-31T23:59:59-23:59"}, "started_at", "future"),
    ({"heard": "all of it"}, "heard", "wrong_format"),
    ({"heard": [[5, 3]]}, "heard", "wrong_format"),
    ({"heard": [[0, math.inf]]}, "heard", "wrong_format"),
    ({"final": "yes"}, "final", "wrong_type"),
    ({"source": 3}, "source", "wrong_type"),
    ({"agent": {}}, "agent", "wrong_type"),
    ({"address": "next door"}, "address", "wrong_format"),
]


@pytest.mark.parametrize(
    ("change", "field", "reason"), BAD, ids=lambda value: str(value)[:40].encode("ascii", "replace").decode()
)
def test_a_bad_item_is_named_and_the_others_are_taken(
    cast: Cast, now: datetime, change: dict[str, Any], field: str, reason: str
):
    beat = make_beat(cast.marlo, now=now)
    bad = listen(beat, at=now) | change
    first, answer, last = send(listen(beat, at=now), bad, listen(beat, at=now), now=now)
    assert (first.status, last.status) == ("accepted", "accepted")
    assert (answer.status, answer.field, answer.reason) == ("invalid", field, reason)
    assert answer.detail


@pytest.mark.parametrize("item", [None, 5, "listen", [], [[]], math.nan])
def test_what_is_no_object_is_invalid(cast: Cast, now: datetime, item: object):
    [answer] = send(item, now=now)
    assert (answer.id, answer.status, answer.reason) == (None, "invalid", "wrong_type")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["id", "type", "beat", "beats", "artist", "listener", "started_at", "at", "heard", "final", "source"]
FIELDS += ["licence", "agent", "address", "ticket"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=6),
    st.sampled_from(["listen", "download", "impressions", "like", "follow"]),
    st.booleans(),
)
def test_anything_at_all_gets_an_answer(
    cast: Cast, now: datetime, changes: dict[str, Any], kind: str, from_player: bool
):
    item = {"id": "01890a5d-ac96-774b-bcce-b302099a8057", "type": kind, "beat": 1} | changes
    origin = PlayerOrigin(agent=BROWSER) if from_player else PLATFORM
    [answer] = send(item, now=now, origin=origin)
    assert answer.status in {"accepted", "duplicate", "late", "invalid"}


def test_future_and_late(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    hours, second = timedelta(hours=48), timedelta(seconds=1)
    answers = send(
        listen(beat, at=now + timedelta(minutes=2)),
        listen(beat, at=now + timedelta(minutes=2) + second),
        listen(beat, at=now - hours),
        listen(beat, at=now - hours - second),
        download(beat, at=now - hours - second),
        now=now,
    )
    assert [(answer.status, answer.reason) for answer in answers] == [
        ("accepted", ""),
        ("invalid", "future"),
        ("accepted", ""),
        ("late", "late"),
        ("late", "late"),
    ]


def test_the_same_batch_a_hundred_times(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    batch = [listen(beat, at=now, listener=f"u{n}") for n in range(5)] + [download(beat, at=now)]
    assert {answer.status for answer in send(*batch, now=now)} == {"accepted"}
    for _ in range(99):
        answers = send(*batch, now=now)
        assert {(answer.status, answer.reason) for answer in answers} == {("duplicate", "already_received")}
    fold_all(now=now)
    totals = queries.artist_totals(cast.marlo.pk)
    assert (totals.plays, totals.downloads, totals.receipts.received) == (5, 1, 5)


def test_an_id_twice_in_one_batch(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    event = listen(beat, at=now)
    assert [answer.status for answer in send(event, event, now=now)] == ["accepted", "duplicate"]


def test_one_id_is_one_listen(cast: Cast, now: datetime):
    beat, other = make_beat(cast.marlo, now=now), make_beat(cast.marlo, now=now)
    event = listen(beat, at=now, final=False)
    assert send(event, now=now)[0].status == "accepted"
    for change in ({"beat": other.pk}, {"listener": "somebody else"}):
        [answer] = send(event | change, now=now)
        assert (answer.status, answer.field, answer.reason) == ("invalid", "id", "other_listen")
    player = Player(beat, now=now)
    [answer] = send(event | {"ticket": player.ticket}, now=now, origin=player.origin)
    assert (answer.field, answer.reason) == ("id", "other_listen")


def test_a_stranger_without_the_ticket_cannot_touch_an_open_listen(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    player = Player(beat, now=now)
    player.report([0, 10], after_s=10)
    answer = player.report([0, 60], after_s=11, final=True, ticket="made.up")
    assert (answer.status, answer.field, answer.reason) == ("invalid", "ticket", "wrong_ticket")


def test_reports_that_overtake_each_other(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    player = Player(beat, now=now)
    player.report([0, 45], after_s=45)
    player.report([0, 30], after_s=45.1)
    player.report(after_s=46, final=True)
    fold_all(now=now)
    assert queries.artist_totals(cast.marlo.pk).listened_s == 45


def test_a_thousand_and_no_more(cast: Cast, now: datetime):
    with pytest.raises(TooManyEventsError):
        send(*[{}] * 1001, now=now)
    assert len(send(*[{}] * 1000, now=now)) == 1000


def test_a_private_beat_looks_like_none_to_a_player_without_a_ticket(cast: Cast, now: datetime):
    draft = make_beat(cast.marlo, now=now, state=Beat.State.DRAFT)
    answer = Player(draft, now=now).report([0, 1], after_s=1, ticket="")
    unknown = Player(draft, now=now).report([0, 1], after_s=1, ticket="", beat=987_654)
    assert (answer.status, answer.field, answer.reason, answer.detail) == (
        unknown.status,
        unknown.field,
        unknown.reason,
        unknown.detail,
    )


def test_a_token_for_some_artists_reports_only_theirs(cast: Cast, now: datetime):
    beat, guest = make_beat(cast.marlo, now=now), make_beat(cast.kit, now=now, guests={cast.marlo: now})
    foreign = make_beat(cast.sable, now=now)
    limited = BackEndOrigin(account_id=1, artist_ids=frozenset({cast.marlo.pk}))
    answers = send(*(listen(one, at=now) for one in (beat, guest, foreign)), now=now, origin=limited)
    assert [answer.reason for answer in answers] == ["", "", "unknown"]


def test_downloads_are_nothing_a_player_may_claim(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    [answer] = send(download(beat, at=now), now=now, origin=PlayerOrigin(agent=BROWSER))
    assert (answer.status, answer.field, answer.reason) == ("invalid", "type", "not_allowed")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/relative"])
def test_a_licence_link_is_a_web_address(cast: Cast, now: datetime, url: str):
    beat = make_beat(cast.marlo, now=now)
    [answer] = send(download(beat, at=now, licence={"type": "standard", "url": url}), now=now)
    assert (answer.status, answer.field) == ("invalid", "licence.url")


def test_impressions_are_counters(cast: Cast, now: datetime):
    from backline.listening.calendar import to_number
    from backline.listening.store import open_store

    beat, other = make_beat(cast.marlo, now=now), make_beat(cast.marlo, now=now)
    event = {
        "id": listen(beat, at=now)["id"],
        "type": "impressions",
        "beats": [beat.pk, other.pk, beat.pk, 987_654],
    }
    origin = PlayerOrigin(agent=BROWSER)
    assert [send(event, now=now, origin=origin)[0].status for _ in range(2)] == ["accepted", "duplicate"]
    day = to_number(now.date())
    assert open_store().impressions([beat.pk], day, day) == 1
    assert open_store().impressions([beat.pk, other.pk], day, day) == 2
    [answer] = send(event | {"beats": list(range(1, 52))}, now=now, origin=origin)
    assert (answer.field, answer.reason) == ("beats", "too_long")
