"""The columns and the domain say the same, to the last micro-unit; and packed lines come back whole."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from backline.domain import contribution, settlement, split
from backline.listening.calendar import EPOCH
from backline.listening.queries import BeatDayPlays
from backline.money import counts as counting
from backline.money import engine, gathering, packed, rules
from backline.money.catalogue import Catalogue
from backline.money.weights import weights

DAY = date(2026, 3, 18)
DAY_NUMBER = (DAY - EPOCH).days


def column(values: list[int]) -> packed.Ints:
    return np.array(values, np.int64)


@given(st.integers(-(10**14), 10**14), st.lists(st.integers(0, 2_700_000), min_size=1, max_size=40))
def test_a_split_is_the_domains(total: int, shares: list[int]):
    shares[0] += 1
    assert engine.split(total, column(shares)).tolist() == list(
        split.split(total, dict(enumerate(shares))).values()
    )


def test_a_split_whose_products_leave_64_bits_is_exact():
    shares = [2**40 + number for number in range(50)]
    parts = engine.split(10**18, column(shares)).tolist()
    assert parts == list(split.split(10**18, dict(enumerate(shares))).values())


@given(st.dictionaries(st.integers(1, 99), st.integers(-(10**8), 10**9), min_size=1, max_size=40))
def test_the_rounding_is_the_domains(sums: dict[int, int]):
    sums[100] = -sum(sums.values()) % 1_000_000
    # Many equal remainders, so that the tie decides.
    sums |= dict.fromkeys(range(200, 210), 500_000)

    def order(artist: int) -> bytes:
        return settlement.tie("2026-03 EUR", artist)

    keys = sorted(sums)
    parts = engine.rounded(column([sums[key] for key in keys]), column(keys), order=order)
    assert dict(zip(keys, parts.tolist(), strict=True)) == settlement.rounded(sums, order=order)


@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 200_000)), max_size=30))
def test_points_are_the_domains(pairs: list[tuple[int, int]]):
    days, plays = column([day for day, _ in pairs]), column([count for _, count in pairs])
    assert engine.points(days, plays).tolist() == [contribution.points_of(*pair) for pair in pairs]


def test_points_are_decided_in_decimal_where_floating_point_is_unsure(monkeypatch):
    monkeypatch.setattr(engine, "NEAR_HALF", 0.6)
    days, plays = column([0, 31, 400]), column([1, 500, 9_999])
    assert engine.points(days, plays).tolist() == [
        contribution.points_of(day, count) for day, count in zip([0, 31, 400], [1, 500, 9_999], strict=True)
    ]


beats = st.lists(
    st.tuples(
        st.integers(1, 3),  # owner
        st.integers(0, 70),  # days since first public, less 1: some come later
        st.sets(st.integers(1, 4), max_size=3),  # guests
        st.integers(0, 30),  # plays
        st.integers(0, 9),  # accounts
    ),
    max_size=12,
)


@given(beats, st.integers(1, 3), st.booleans(), st.integers(0, 6))
def test_a_days_weights_are_the_domains(rows, cap: int, unplayed: bool, enough: int):
    rule = contribution.ContributionRule(min_accounts=enough, unplayed_counts=unplayed, new_beats=cap)
    first = {number: DAY - timedelta(days=row[1] - 1) for number, row in enumerate(rows, start=1)}
    counts = counting.with_day(
        counting.nothing(enough),
        [
            BeatDayPlays(number, row[3], BitMap(range(row[4])).serialize())
            for number, row in enumerate(rows, start=1)
        ],
    )
    credits = sorted((number, who) for number, row in enumerate(rows, start=1) for who in {row[0], *row[2]})
    catalogue = Catalogue(
        column(list(first)),
        column([row[0] for row in rows]),
        column([(day - EPOCH).days for day in first.values()]),
        column([beat for beat, _ in credits]),
        column([who for _, who in credits]),
    )
    found = weights(catalogue, counts, day=DAY, rule=rule)
    new = [
        contribution.NewBeat(
            number,
            row[0],
            first[number],
            contribution.beat_points(first[number], day=DAY, plays=row[3], accounts=row[4], rule=rule),
        )
        for number, row in enumerate(rows, start=1)
    ]
    inside = contribution.within_cap(new, limit=cap)
    wanted = {}
    for beat in new:
        if beat.beat_id in inside:
            row = rows[beat.beat_id - 1]
            shares = contribution.equal_shares(sorted({row[0], *row[2]}))
            for artist, part in contribution.credit_points(beat.points, shares).items():
                wanted[artist, beat.beat_id] = part
    keys = list(zip(found.artists.tolist(), found.beats.tolist(), strict=True))
    assert keys == sorted(wanted)
    assert dict(zip(keys, found.points.tolist(), strict=True)) == wanted


@given(
    st.lists(
        st.dictionaries(st.integers(1, 6), st.sets(st.integers(1, 12), max_size=7), max_size=6), max_size=6
    )
)
def test_counts_brought_forward_are_those_of_all_days(days: list[dict[int, set[int]]]):
    counts, heard, plays = counting.nothing(5), dict[int, set[int]](), dict[int, int]()
    for day in days:
        rows = [BeatDayPlays(beat, len(who), BitMap(who).serialize()) for beat, who in day.items()]
        counts = counting.unpacked(counting.packed(counting.with_day(counts, rows)))
        for beat, who in day.items():
            heard[beat] = heard.get(beat, set()) | who
            plays[beat] = plays.get(beat, 0) + len(who)
    numbers = column(list(range(1, 7)))
    assert [each.tolist() for each in counts.of(numbers)] == [
        [plays.get(beat, 0) for beat in range(1, 7)],
        [min(len(heard.get(beat, ())), 5) for beat in range(1, 7)],
    ]


def test_another_number_of_accounts_is_counted_anew():
    day = [BeatDayPlays(7, 9, BitMap(range(1, 10)).serialize())]
    counts = counting.with_day(counting.nothing(3), day)
    asked = counting.asking_for(counts, 12, {7: BitMap(range(1, 10)).serialize()})
    assert asked.of(column([7]))[1].tolist() == [9]
    assert len(asked.listeners_of(7)) == 9


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(-(2**62), 2**62)), max_size=200),
    st.integers(0, 31),
    st.integers(1, 9),
)
def test_packed_lines_come_back_whole_and_by_artist(rows, artist: int, block: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "BLOCK_ROWS", block)
        rows = sorted(rows)
        artists, values = (column([row[place] for row in rows]) for place in (0, 1))
        held = packed.pack(artists, [artists, values])
        assert [each.tolist() for each in packed.unpack(held)] == [artists.tolist(), values.tolist()]
        first, (some, amounts) = packed.unpack_artist(
            lambda offset, length: held[offset : offset + length], artist
        )
        mine = some == artist
        assert amounts[mine].tolist() == [value for who, value in rows if who == artist]
        if mine.any():
            assert artists[first + int(np.argmax(mine))] == artist


def test_the_examples_in_docstrings_are_true():
    assert [doctest.testmod(module).failed for module in (gathering, rules)] == [0, 0]


def test_damaged_bytes_are_refused():
    held = packed.pack(column([1, 2]), [column([1, 2])])
    for broken in (b"", b"none of it here", held[:20], held[:-1] + b"x"):
        with pytest.raises(packed.Damaged):
            packed.unpack(broken)
