"""Appending: what is answered, and what is in the logs afterwards."""

from __future__ import annotations

import pytest

from backline.listening.store import Status, Store
from backline.listening.store.rows import Flag, Listener, TermKind
from tests.listening.store.contract.drafts import DAY, DAY_MS, download, impressions, like, listen

FAR = 1 << 50
PLAYER = Flag(0)


def statuses(store: Store, *drafts: object) -> list[str]:
    return [str(outcome.status) for outcome in store.append(list(drafts))]  # type: ignore[arg-type]


def test_accepted_once_and_a_duplicate_ever_after(store: Store):
    events = [listen(1), download(1), impressions(1, 1, 2), like(1)]
    assert statuses(store, *events) == ["accepted"] * 4
    assert statuses(store, *events) == ["duplicate"] * 4
    with store.folding() as session:
        assert len(session.listens(0, 10)) == len(session.downloads(0, 10)) == len(session.marks(0, 10)) == 1
    assert store.impressions([1, 2], DAY, DAY) == 2


def test_twice_in_one_batch_is_a_duplicate_too(store: Store):
    assert statuses(store, listen(1), listen(1), impressions(1, 5), impressions(1, 5)) == [
        "accepted",
        "duplicate",
        "accepted",
        "duplicate",
    ]
    assert store.impressions([5], DAY, DAY) == 1


def test_an_open_listen_grows_and_becomes_final_once(store: Store):
    first = listen(1, final=False, heard=((0, 15_000),))
    assert statuses(store, first, first._replace(heard=((0, 30_000),))) == ["accepted", "accepted"]
    assert store.live(1, first.received_ms) == (1, 0)
    # A report that was overtaken takes nothing away.
    assert statuses(store, first) == ["accepted"]
    assert statuses(store, first._replace(heard=((0, 45_000),), final=True)) == ["accepted"]
    assert statuses(store, first._replace(heard=((0, 60_000),), final=True)) == ["duplicate"]
    assert store.live(1, 0) == (0, 0)
    with store.folding() as session:
        [row] = session.listens(0, 10)
    assert (row.seq, row.distinct_ms, row.beat) == (1, 45_000, 1)


def test_an_id_belongs_to_one_listen_and_its_ticket(store: Store):
    mine = listen(1, final=False, flags=PLAYER)
    store.append([mine])
    [other_beat, other_kind, no_ticket] = store.append(
        [
            mine._replace(beat=2),
            mine._replace(flags=Flag.BACK_END),
            mine._replace(flags=Flag.UNPROVEN),
        ]
    )
    assert {other_beat.status, other_kind.status, no_ticket.status} == {Status.INVALID}
    assert (other_beat.reason, other_kind.reason) == ("other_listen", "other_listen")
    assert no_ticket.reason == "wrong_ticket"
    store.append([listen(2, final=False)])
    [other_listener] = store.append([listen(2, listener=Listener(account="p:1:kim"))])
    assert other_listener.reason == "other_listen"


def test_idle_listens_become_final_oldest_first(store: Store):
    store.append([listen(number, final=False) for number in (3, 1, 2)])
    before_ms = listen(3).received_ms
    assert store.close_idle(before_ms=before_ms, now_ms=before_ms, limit=1) == 1
    assert store.close_idle(before_ms=before_ms, now_ms=before_ms, limit=10) == 1
    assert store.close_idle(before_ms=before_ms, now_ms=before_ms, limit=10) == 0
    with store.folding() as session:
        assert [row.started_ms for row in session.listens(0, 10)] == [
            listen(1).started_ms,
            listen(2).started_ms,
        ]
    assert statuses(store, listen(1, final=True), listen(3)) == ["duplicate", "accepted"]


def test_ids_are_forgotten_by_the_day_they_came(store: Store):
    today, later = listen(1), listen(2, received_ms=(DAY + 1) * DAY_MS)
    store.append([today, later])
    assert store.forget(ids_before_day=DAY + 1) == 1
    assert statuses(store, later) == ["duplicate"]
    assert store.forget(ids_before_day=DAY + 1) == 0


def test_numbers_are_dense_and_kept(store: Store):
    people = [Listener(account=f"p:1:{name}") for name in ("ann", "bea", "ann")]
    store.append([listen(number, listener=who, beat=3) for number, who in enumerate(people)])
    store.append([listen(9, listener=people[1])])
    with store.folding() as session:
        rows = session.listens(0, 10)
        assert [row.listener for row in rows] == [1, 2, 1, 2]
        assert [session.artists_of(row.artists) for row in rows] == [(1, 2)] * 3 + [(1,)]
        assert session.number_of_account("p:1:ann") == 1
        assert session.number_of_account("a:5") == 3
    with store.folding() as session:
        assert session.number_of_account("a:5") == 3


def test_visitors_are_told_apart_within_a_day(store: Store):
    ann, bea = Listener(visitor="ann", address="203.0.113.1"), Listener(visitor="bea", address="203.0.113.1")
    unknown = Listener()
    tomorrow = {"started_ms": (DAY + 1) * DAY_MS}
    store.append([listen(n, listener=who) for n, who in enumerate([ann, bea, ann, unknown, unknown])])
    store.append([listen(9, listener=bea, **tomorrow)])
    with store.folding() as session:
        rows = session.listens(0, 10)
    assert [row.listener for row in rows] == [-1, -2, -1, -3, -4, -1]
    assert [row.address for row in rows] == [1, 1, 1, 0, 0, 1]


def test_a_member_signed_out_at_the_same_address_is_own_team(store: Store):
    member = Listener(account="a:7", address="203.0.113.1")
    guest = Listener(visitor="x", address="203.0.113.1")
    store.append([listen(1, listener=member)])
    store.append(
        [listen(2, listener=guest, team=frozenset({7})), listen(3, listener=guest, team=frozenset({8}))]
    )
    with store.folding() as session:
        assert [bool(row.flags & Flag.OWN_TEAM) for row in session.listens(0, 10)] == [False, True, False]


def test_a_batch_that_fails_leaves_nothing(store: Store):
    with pytest.raises(Exception, match=r"(?i)null|none|beat"):
        store.append([listen(1), listen(2)._replace(beat=None, artists=(9,))])  # type: ignore[arg-type]
    assert statuses(store, listen(1), listen(2)) == ["accepted", "accepted"]
    with store.folding() as session:
        assert [row.seq for row in session.listens(0, 10)][-1] >= 2
        assert len(session.listens(0, 10)) == 2


def test_waiting_events_are_seen(store: Store):
    assert store.freshness() == (0, False)
    store.append([listen(1)])
    assert store.freshness() == (0, True)
    with store.folding() as session:
        session.advance("listen", 1, 123)
    assert store.freshness() == (123, False)


def test_it_answers(store: Store):
    assert store.ping()


def test_texts_are_kept_as_they_are(store: Store):
    odd = ["it's", 'a "b"', "back\\slash\\", "100 % ?", "żółw 🎵", "'); DROP TABLE listen; --"]
    drafts = [
        listen(number, listener=Listener(account=f"p:1:{text}"), terms={TermKind.SOURCE: text})
        for number, text in enumerate(odd)
    ]
    delivery = download(1, licence_type=odd[2], licence_url=odd[5])
    for _ in range(2):
        store.append([*drafts, delivery])
    with store.folding() as session:
        rows = session.listens(0, 100)
        session.list_downloads([(1, delivery.at_ms, 1, DAY)])
    keys = store.account_keys([row.listener for row in rows])
    texts = store.term_texts([row.source for row in rows])
    assert [keys[row.listener] for row in rows] == [f"p:1:{text}" for text in odd]
    assert [texts[row.source] for row in rows] == odd
    [read] = store.downloads(1, from_ms=0, until_ms=FAR, limit=9, offset=0)
    assert (read.licence_type, read.licence_url) == (odd[2], odd[5])
