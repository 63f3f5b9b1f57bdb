"""The smallest change that lifts an artist a place: applied and ranked again it does, and one less does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backline.domain.boards import SPANS, WEIGHTS, Board, Span, component_span, weights
from backline.domain.why_here import smallest
from backline.standing.boards.facts import Facts, Rows
from backline.standing.boards.lifting import Lift
from tests.standing.board_worlds import (
    WIDTHS,
    Place,
    facts_of,
    ints,
    key_of,
    naive_overall,
    sheets_of,
    worlds,
)

MOST = 40
"""More of anything than the random worlds hold."""


def changed(facts: Facts, place: Place, artist: int, figures: tuple[int, ...]) -> Facts:
    """The same world with other figures for one artist on one board."""
    rows = facts.rows[place]
    others = rows.ids != artist
    ids = np.append(rows.ids[others], artist)
    table = np.vstack([rows.figures[others], ints(figures).reshape(1, -1)])
    order = np.argsort(ids)
    return replace(facts, rows=facts.rows | {place: Rows(ids[order], table[order])})


def more(facts: Facts, place: Place, artist: int, amount: int) -> tuple[int, ...]:
    """The artist's figures with more of what its board counts."""
    rows = facts.rows[place]
    where = np.flatnonzero(rows.ids == artist)
    width = WIDTHS[place[0]]
    figures = rows.figures[where[0]].tolist() if len(where) else [0] * width
    if place[0] is Board.QUALITY:
        return figures[0] + 100 * amount, figures[1], max(5, figures[2])
    figures[0] += amount
    if place[0] is Board.COLLAB:
        figures[1] += amount
    return tuple(figures)


@settings(max_examples=40, deadline=None)
@given(worlds(), st.sampled_from(SPANS[Board.OVERALL]))
def test_the_smallest_change_lifts_and_one_less_does_not(facts: Facts, span: Span):
    sheets = sheets_of(facts)
    overall = sheets[Board.OVERALL, span]
    for row in overall.rows(0, overall.ranked):
        for board, weight in weights(span).items():
            part = component_span(board, span)
            assert part is not None
            place = (board, part)
            left = facts.opted_out[board].tolist()
            if row.artist_id in left or row.artist_id not in facts.eligible.tolist():
                continue
            lift = Lift(overall, row, sheets[place], weight=weight)

            def ranked_again(amount: int, place: Place = place, artist: int = row.artist_id) -> int:
                world = changed(facts, place, artist, more(facts, place, artist, amount))
                return naive_overall(world, span)[0][artist]

            def enough(amount: int, lift: Lift = lift, place: Place = place, artist: int = row.artist_id):
                return lift.enough(key_of(place[0], more(facts, place, artist, amount)))

            amount = smallest(enough, most=MOST * 100)
            if amount is None:
                assert ranked_again(MOST * 100) >= row.rank
                continue
            assert ranked_again(amount) < row.rank
            if amount > 1 and key_of(board, more(facts, place, row.artist_id, amount - 1)) > lift.key:
                assert ranked_again(amount - 1) >= row.rank


@settings(max_examples=30, deadline=None)
@given(worlds(), st.integers(1, 30))
def test_the_rank_after_a_change_is_that_of_ranking_everybody_again(facts: Facts, amount: int):
    sheets = sheets_of(facts)
    overall = sheets[Board.OVERALL, Span.ALL]
    for row in overall.rows(0, overall.ranked):
        place = (Board.PLAYS, Span.ALL)
        lift = Lift(overall, row, sheets[place], weight=WEIGHTS[Board.PLAYS])
        figures = more(facts, place, row.artist_id, amount)
        if row.artist_id in facts.opted_out[Board.PLAYS].tolist() or key_of(place[0], figures) <= lift.key:
            continue
        again = naive_overall(changed(facts, place, row.artist_id, figures), Span.ALL)[0]
        if lift.enough(key_of(place[0], figures)):
            assert lift.rank(key_of(place[0], figures)) == again[row.artist_id]
        else:
            assert again[row.artist_id] >= row.rank


def test_passing_somebody_on_the_board_costs_them_too():
    plays = {(Board.PLAYS, Span.ALL): {1: (100, 1), 2: (90, 1), 3: (10, 1)}}
    uploads = {(Board.UPLOADS, Span.ALL): {1: (1, 1), 2: (2, 1), 3: (3, 1)}}
    facts = facts_of({**plays, **uploads}, artists=[1, 2, 3])
    sheets = sheets_of(facts)
    overall = sheets[Board.OVERALL, Span.ALL]
    third = overall.of(3)
    assert third is not None and third.rank == 3
    lift = Lift(overall, third, sheets[Board.PLAYS, Span.ALL], weight=20)
    # A tie on the board takes half a place from the other: 15 + 5 points against 20 − 2.5.
    assert smallest(lambda amount: lift.enough((10 + amount, 0)), most=1000) == 80


@pytest.mark.parametrize("amount", [1, 5])
def test_who_leads_alone_cannot_rise(amount: int):
    facts = facts_of({(Board.PLAYS, Span.ALL): {1: (9, 1), 2: (3, 1)}}, artists=[1, 2])
    sheets = sheets_of(facts)
    overall = sheets[Board.OVERALL, Span.ALL]
    lift = Lift(overall, overall.at(0), sheets[Board.PLAYS, Span.ALL], weight=20)
    assert not lift.enough((9 + amount, 0))
