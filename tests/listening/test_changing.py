"""Changes of verdicts: exact in every row, never in the log, undone by changing back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pyroaring import BitMap

from backline.domain.verdicts import Verdict
from backline.listening.changing import change_verdicts
from backline.listening.fold import fold_all
from backline.listening.rebuild import rebuild
from backline.listening.store import Owner, open_store
from backline.listening.store.rows import CODES
from tests.listening.past import Past, at_noon, quick, send_all
from tests.listening.rollups import rollups

pytestmark = pytest.mark.django_db
DAY = 20_000
COUNTED, WITHDRAWN = CODES[Verdict.COUNTED], CODES[Verdict.WITHDRAWN]


@pytest.fixture(autouse=True)
def _quick(_fresh_files: None) -> None:
    quick()


def counted() -> list[int]:
    """Numbers of the counted listens, in order."""
    rows = [row for beat in (1, 2, 3, 4) for row in open_store().judged(beat, 0, 1 << 30, limit=500)]
    return sorted(row.listen.seq for row in rows if row.verdict == COUNTED)


def begin(size: int = 80) -> list[int]:
    past = Past(5)
    send_all([draft for day in range(DAY, DAY + 3) for draft in past.listens(day, size // 3)])
    send_all([past.download(DAY + 1) for _ in range(5)])
    fold_all(now=at_noon(DAY + 3))
    return counted()


def change(pairs: list[tuple[int, int]]) -> list[int]:
    return change_verdicts(pairs, case_id=9, reason="case 9", at=at_noon(DAY + 9))


def test_a_change_and_back_leaves_every_row_as_it_was():
    seqs = begin()
    before = rollups()
    taken = seqs[::3]
    assert change([(seq, WITHDRAWN) for seq in taken]) == [*range(1, len(taken) + 1)]
    changed = rollups()
    assert changed != before
    assert changed["listen_verdict"] == before["listen_verdict"], "the rules' own verdicts stay"
    total = open_store().totals(Owner.BEAT, [1, 2, 3, 4])
    assert sum(row.rejected().get(Verdict.WITHDRAWN, 0) for row in total.values()) == len(taken)
    assert all(row.received == row.plays + sum(row.rejected().values()) for row in total.values())
    rebuild()
    assert rollups() == changed
    change([(seq, COUNTED) for seq in taken])
    assert rollups() == before
    rebuild()
    assert rollups() == before


def test_somebody_whose_every_play_is_taken_is_no_listener_any_more():
    begin()
    rows = open_store().judged(1, DAY, DAY, limit=500)
    account = next(row.listen.listener for row in rows if row.verdict == COUNTED and row.listen.listener > 0)
    theirs = [row.listen.seq for row in rows if row.listen.listener == account and row.verdict == COUNTED]

    def heard() -> bool:
        return account in BitMap.deserialize(open_store().days(Owner.BEAT, 1, DAY, DAY)[0].accounts)

    assert heard()
    change([(seq, WITHDRAWN) for seq in theirs[1:]])
    assert heard(), "one play is left"
    change([(theirs[0], WITHDRAWN)])
    assert not heard()


def test_the_same_change_again_is_none():
    seqs = begin()
    assert change([(seqs[0], WITHDRAWN)]) == [1]
    before = rollups()
    assert change([(seqs[0], WITHDRAWN)]) == []
    assert change([]) == []
    assert rollups() == before


def test_of_several_changes_the_newest_holds():
    seq = begin()[0]
    for verdict in (WITHDRAWN, CODES[Verdict.ROBOT], WITHDRAWN):
        change([(seq, verdict)])
    found = open_store().changes(0, 10)
    assert [(row.no, row.was, row.verdict) for row in found] == [
        (1, COUNTED, WITHDRAWN),
        (2, WITHDRAWN, CODES[Verdict.ROBOT]),
        (3, CODES[Verdict.ROBOT], WITHDRAWN),
    ]
    [now] = [
        row.verdict
        for row in open_store().judged(found[0].beat, 0, 1 << 30, limit=500)
        if row.listen.seq == seq
    ]
    assert now == WITHDRAWN
    live = rollups()
    rebuild()
    assert rollups() == live


def test_a_listen_that_nobody_knows_changes_nothing():
    seqs = begin()
    before = rollups()
    with pytest.raises(LookupError, match="999"):
        change([(seqs[0], WITHDRAWN), (999, WITHDRAWN)])
    assert rollups() == before
    assert open_store().changes(0, 10) == []


def test_the_rules_do_not_look_at_changes():
    """Ten plays count; taking one back does not let the eleventh in."""
    past = Past(3)
    play = past.listen(DAY)._replace(heard=((0, 100_000),), beat=1, artists=(10,), beat_ms=180_000)
    plays = [
        play._replace(
            id=bytes([n]) * 16,
            flags=play.flags.__class__(32),
            started_ms=play.started_ms + n * 200_000,
            listener=play.listener._replace(account="p:1:lee", address=""),
        )
        for n in range(12)
    ]
    send_all([*plays[:10]])
    fold_all(now=at_noon(DAY))
    change([(1, WITHDRAWN)])
    send_all([*plays[10:]])
    fold_all(now=at_noon(DAY) + timedelta(hours=1))
    [row] = open_store().days(Owner.BEAT, 1, DAY, DAY)
    assert (row.plays, row.rejected()) == (9, {Verdict.WITHDRAWN: 1, Verdict.REPEATED: 2})
    live = rollups()
    rebuild()
    assert rollups() == live
