"""Adding up rows: portions in any cut give the same rows, byte for byte."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from backline.listening.store.merge import Sum, add_to_day, add_to_total, is_empty, replace_listens, sum_days
from backline.listening.store.packed import unpack_counts
from backline.listening.store.rows import DayRow, TotalRow
from backline.listening.store.tally import Tally

few = st.integers(0, 9)
sets = st.sets(st.integers(1, 12), max_size=6)
counts = st.dictionaries(few, st.integers(1, 9), max_size=4)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    tally = Tally()
    tally.plays, tally.downloads, tally.heard_ms = draw(few), draw(few), draw(few)
    tally.received = tally.plays + draw(few)
    tally.accounts, tally.visitors, tally.download_accounts = draw(sets), draw(sets), draw(sets)
    tally.hours, tally.rejections, tally.terms = draw(counts), draw(counts), draw(counts)
    tally.engagement = draw(counts)
    return tally


@given(st.lists(st.tuples(st.integers(20_000, 20_002), tallies()), max_size=8))
def test_totals_kept_up_to_date_equal_totals_counted_from_days(given: list[tuple[int, Tally]]):
    days: dict[int, DayRow] = {}
    total: TotalRow | None = None
    for day, tally in given:
        before = days[day].visits if day in days else 0
        days[day] = add_to_day(days.get(day), day, tally)
        total = add_to_total(total, Sum.of([(day, tally, days[day].visits - before)]))
    counted = Sum()
    for row in days.values():
        counted.add_row(row)
    if given:
        assert total == add_to_total(None, counted)


def test_an_empty_row_is_known():
    row = add_to_day(None, 20_000, Tally())
    assert is_empty(row)
    tally = Tally()
    tally.likes = 1
    assert not is_empty(add_to_day(row, 20_000, tally))
    total = Sum()
    total.add_row(row)
    assert is_empty(add_to_total(None, total))


def tally(**values: Any) -> Tally:
    made = Tally()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def test_listens_are_replaced_and_the_rest_stays():
    held = tally(
        plays=3,
        received=4,
        downloads=2,
        likes=1,
        hours={5: 3, 30: 2},
        accounts={1, 2},
        rejections={6: 1},
        sales=1,
    )
    fresh = tally(plays=1, received=4, hours={5: 1}, accounts={2}, rejections={11: 3})
    row = replace_listens(add_to_day(None, 9, held), add_to_day(None, 9, fresh))
    wanted = tally(
        plays=1,
        received=4,
        downloads=2,
        likes=1,
        hours={5: 1, 30: 2},
        accounts={2},
        rejections={11: 3},
        sales=1,
    )
    assert row == add_to_day(None, 9, wanted)


def test_days_as_one_row():
    days = [
        add_to_day(None, day, tally(plays=1, received=1, hours={day: 1}, accounts={day}, visitors={1}))
        for day in (3, 4, 5)
    ]
    summed = sum_days(days, 1)
    assert (summed.day, summed.plays, summed.visits, summed.visitors) == (1, 3, 3, b"")
    assert unpack_counts(summed.hours) == {3: 1, 4: 1, 5: 1}
    assert [*BitMap.deserialize(summed.accounts)] == [3, 4, 5]
    assert sum_days(days[:1], 1) == days[0]._replace(day=1, visitors=b"")
    assert is_empty(sum_days([], 1))
