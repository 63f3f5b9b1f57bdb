"""Cases: plays are withdrawn exactly once and come back exactly as they were."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from backline.catalog.models import Beat
from backline.listening import cases, queries
from backline.listening.cases import NotNow, apply_case, carry_out_next, decide_case, open_case, selection_of
from backline.listening.fold import fold_all
from backline.listening.models import Case, CaseStep
from backline.listening.queries.receipts import beat_receipts
from backline.listening.rebuild import rebuild
from backline.listening.selection import Selection, SelectionError, selected
from tests.conftest import Cast
from tests.listening.rollups import rollups
from tests.listening.world import listen, make_beat, send

DAY = timedelta(days=1)


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    """A beat with three plays and a short listen yesterday, and a play today."""
    beat = make_beat(cast.marlo, now=now - 3 * DAY)
    send(
        *(listen(beat, at=now - DAY + timedelta(minutes=n), listener=f"x{n}") for n in range(3)),
        listen(beat, at=now - DAY, listener="short", heard=[[0, 3]]),
        listen(beat, at=now - timedelta(hours=1), listener="x0"),
        now=now,
    )
    fold_all(now=now)
    return beat


def yesterday(beat: Beat, now: datetime) -> Selection:
    return Selection(beat.pk, now - DAY, now - DAY + timedelta(minutes=2))


def opened(beat: Beat, cast: Cast, now: datetime, submission: UUID | None = None) -> Case:
    return open_case(
        yesterday(beat, now), reason="A farm.", submission=submission or uuid4(), account=cast.dana, now=now
    )


def decided(beat: Beat, cast: Cast, now: datetime) -> Case:
    case = opened(beat, cast, now)
    decide_case(case, digest=selected(selection_of(case)).digest, account=cast.dana, now=now)
    return case


def plays(cast: Cast) -> int:
    return queries.artist_totals(cast.marlo.pk).plays


def kinds(case: Case) -> list[str]:
    return list(CaseStep.objects.filter(case=case).values_list("kind", flat=True))


def test_only_counted_listens_of_the_span_are_selected(beat: Beat, now: datetime):
    found = selected(yesterday(beat, now))
    assert (found.plays, found.accounts, found.signed_out, found.closed_plays) == (2, 2, 0, 0)
    assert found.by_day == [((now - DAY).date(), 2)]
    assert selected(Selection(beat.pk + 1, now - DAY, now)).plays == 0


def test_an_address_is_selected_within_its_day_only(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    for number, count in ((7, 3), (8, 1)):
        for n in range(count):
            event = listen(
                beat, at=now - timedelta(minutes=10 + n), listener=None, address=f"203.0.113.{number}"
            )
            send(event | {"heard": [[0, 60]]}, now=now)
    fold_all(now=now)
    whole = selected(Selection(beat.pk, now - timedelta(hours=1), now))
    assert [count for _, count in whole.by_address] == [3, 1]
    busiest = whole.by_address[0][0]
    assert selected(Selection(beat.pk, now - timedelta(hours=1), now, busiest)).plays == 3
    with pytest.raises(SelectionError):
        Selection(beat.pk, now - DAY, now, busiest)
    with pytest.raises(SelectionError):
        Selection(beat.pk, now, now)


def test_opening_changes_nothing_and_the_same_form_is_one_case(beat: Beat, cast: Cast, now: datetime):
    submission = uuid4()
    first, second = (opened(beat, cast, now, submission) for _ in range(2))
    assert first == second and kinds(first) == ["opened"]
    assert not carry_out_next(now=now)
    assert plays(cast) == 4


def test_a_decision_withdraws_the_plays_once(beat: Beat, cast: Cast, now: datetime):
    case = decided(beat, cast, now)
    assert plays(cast) == 4  # the worker does it
    assert carry_out_next(now=now)
    assert not carry_out_next(now=now) and not apply_case(case, now=now)
    case.refresh_from_db()
    assert (case.state, case.plays, case.closed_plays) == ("decided", 2, 0)
    assert case.appeal_until == now + 14 * DAY
    assert plays(cast) == 2
    day = beat_receipts(beat.pk, first=(now - DAY).date(), last=(now - DAY).date())[0].receipts
    assert (day.received, day.counted, day.rejected) == (4, 1, {"too_short": 1, "withdrawn": 2})
    assert kinds(case) == ["opened", "decided", "applied"]


def test_deciding_needs_the_plays_of_the_preview(beat: Beat, cast: Cast, now: datetime):
    case = opened(beat, cast, now)
    seen = selected(selection_of(case)).digest
    other = decided(beat, cast, now)
    apply_case(other, now=now)
    with pytest.raises(NotNow):
        decide_case(case, digest=seen, account=cast.dana, now=now)
    assert Case.objects.get(pk=case.pk).state == "open"


def test_plays_that_came_after_the_case_was_opened_are_not_its_own(beat: Beat, cast: Cast, now: datetime):
    case = opened(beat, cast, now)
    send(listen(beat, at=now - DAY, listener="late"), now=now)
    fold_all(now=now)
    assert selected(selection_of(case)).plays == 2
    assert selected(yesterday(beat, now)).plays == 3


def test_a_case_that_died_half_way_is_finished_not_repeated(
    beat: Beat, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    case = decided(beat, cast, now)

    def die(*_args: object, **_named: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cases, "closed_of", die)
    with pytest.raises(KeyboardInterrupt):
        apply_case(case, now=now)
    monkeypatch.undo()
    assert plays(cast) == 2 and Case.objects.get(pk=case.pk).applied_at is None
    assert carry_out_next(now=now)
    assert (plays(cast), Case.objects.get(pk=case.pk).plays) == (2, 2)


@pytest.mark.parametrize("appealed", [True, False])
def test_reversing_restores_exactly(beat: Beat, cast: Cast, now: datetime, appealed: bool):
    before = rollups()
    case = decided(beat, cast, now)
    carry_out_next(now=now)
    assert rollups() != before
    if appealed:
        cases.appeal_case(case, text="A party.", account=cast.alice, now=now)
    cases.reverse_case(case, text="You are right.", account=cast.dana, now=now)
    assert plays(cast) == 2
    assert carry_out_next(now=now) and not carry_out_next(now=now)
    assert rollups() == before
    rebuild()
    assert rollups() == before
    assert kinds(case)[-2:] == ["reversed", "restored"]


def test_a_case_reversed_before_it_was_carried_out_changes_nothing(beat: Beat, cast: Cast, now: datetime):
    before = rollups()
    case = decided(beat, cast, now)
    cases.reverse_case(case, text="A mistake.", account=cast.dana, now=now)
    while carry_out_next(now=now):
        pass
    assert rollups() == before and Case.objects.get(pk=case.pk).plays == 0


def test_an_upheld_case_stays_withdrawn_through_a_rebuild(beat: Beat, cast: Cast, now: datetime):
    case = decided(beat, cast, now)
    carry_out_next(now=now)
    cases.appeal_case(case, text="No.", account=cast.alice, now=now)
    cases.uphold_case(case, text="Yes.", account=cast.dana, now=now)
    after = rollups()
    rebuild()
    assert rollups() == after and plays(cast) == 2


def test_an_appeal_has_a_deadline_and_happens_once(beat: Beat, cast: Cast, now: datetime):
    case = decided(beat, cast, now)
    with pytest.raises(NotNow, match="time to appeal is over"):
        cases.appeal_case(case, text="Late.", account=cast.alice, now=now + 15 * DAY)
    cases.appeal_case(case, text="In time.", account=cast.alice, now=now + 14 * DAY)
    with pytest.raises(NotNow):
        cases.appeal_case(case, text="Again.", account=cast.bob, now=now)
    assert kinds(case).count("appealed") == 1


def test_steps_out_of_order_are_refused(beat: Beat, cast: Cast, now: datetime):
    case = opened(beat, cast, now)
    for step in (cases.appeal_case, cases.uphold_case, cases.reverse_case):
        with pytest.raises(NotNow):
            step(case, text="x", account=cast.dana, now=now)
    cases.drop_case(case, account=cast.dana, now=now)
    with pytest.raises(NotNow):
        cases.drop_case(case, account=cast.dana, now=now)
    digest = selected(selection_of(case)).digest
    with pytest.raises(NotNow):
        decide_case(case, digest=digest, account=cast.dana, now=now)
    assert kinds(case) == ["opened", "dropped"] and plays(cast) == 4


def test_a_note_sent_twice_is_one(beat: Beat, cast: Cast, now: datetime):
    case, submission = opened(beat, cast, now), uuid4()
    for _ in range(2):
        cases.add_note(
            case, text="See the log.", submission=submission, account=cast.dana, by_staff=True, now=now
        )
    assert kinds(case) == ["opened", "note"]
