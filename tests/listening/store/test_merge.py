"""Adding up rows: portions in any cut give the same rows, byte for byte."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backline.listening.store.merge import Sum, add_to_day, add_to_total, is_empty
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
    return tally


@given(st.lists(st.tuples(st.integers(20_000, 20_002), tallies()), max_size=8))
def test_totals_kept_up_to_date_equal_totals_counted_from_days(given: list[tuple[int, Tally]]):
    days: dict[int, DayRow] = {}
    total: TotalRow | None = None
    for day, tally in given:
        before = days[day].visits if day in days else 0
        days[day] = add_to_day(days.get(day), day, tally)
        added = Sum()
        added.add_tally(day, tally, days[day].visits - before)
        total = add_to_total(total, added)
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
