"""Ranks, components, tiers, collaborations and the smallest change, against plain counting."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from backline.domain import tiers
from backline.domain.boards import SPANS, Board, Span, component_span, default_span, weights
from backline.domain.collab import collaborations, same_people
from backline.domain.ranking import FULL, component, overall_score, overall_sum, ranks
from backline.domain.why_here import completed_mean_bp, days_at, smallest

few = st.integers(0, 6)


@given(st.lists(few, max_size=12))
def test_a_rank_is_one_more_than_those_above(keys: list[int]):
    assert ranks(keys) == [1 + sum(other > key for other in keys) for key in keys]


@given(st.lists(st.tuples(few, few), max_size=12))
def test_the_second_figure_decides_between_equal_first_ones(keys: list[tuple[int, int]]):
    found = ranks(keys)
    for (one, mine), (other, theirs) in [
        (a, b) for a in zip(keys, found, strict=True) for b in zip(keys, found, strict=True)
    ]:
        assert (one > other) == (mine < theirs)


@given(st.lists(few, min_size=2, max_size=12))
def test_components_are_the_formula_and_sum_to_half_of_the_whole(keys: list[int]):
    found = []
    for place, key in enumerate(keys):
        others = keys[:place] + keys[place + 1 :]
        below, equal = sum(o < key for o in others), sum(o == key for o in others)
        points = component(below=below, equal=equal, ranked=len(keys))
        assert abs(
            Fraction(points) - Fraction(FULL) * (below + Fraction(equal, 2)) / (len(keys) - 1)
        ) <= Fraction(1, 2)
        found.append(points)
    assert abs(sum(found) - FULL * len(keys) // 2) <= len(keys)


def test_alone_counts_whole_and_the_ends_of_a_board_are_0_and_100():
    assert component(below=0, equal=0, ranked=1) == FULL
    assert component(below=4, equal=0, ranked=5) == FULL
    assert component(below=0, equal=0, ranked=5) == 0
    assert component(below=0, equal=4, ranked=5) == FULL // 2


def test_overall_of_everything_at_its_best_is_100_and_what_is_missing_counts_nothing():
    for span in SPANS[Board.OVERALL]:
        assert sum(weights(span).values()) == 100
        assert overall_score(overall_sum(dict.fromkeys(weights(span), FULL), weights(span))) == 100_000_000
    assert overall_score(overall_sum({Board.PLAYS: FULL}, weights(Span.ALL))) == 20_000_000


def test_which_periods_go_into_overall():
    assert {board for board in Board if component_span(board, Span.ALL)} == set(Board)
    assert {board for board in Board if component_span(board, Span.THIRTY)} - {Board.OVERALL} == {
        Board.PLAYS, Board.UPLOADS, Board.COLLAB,
    }  # fmt: skip
    assert all(default_span(board) in SPANS[board] for board in Board)


@given(st.integers(100, 2000), st.data())
def test_a_tier_is_never_larger_than_its_part(ranked: int, data: st.DataObject):
    last = data.draw(st.integers(1, ranked))
    found = tiers.tier(last, ranked=ranked)
    edges = {name: (first, end) for name, first, end in tiers.edges(ranked=ranked)}
    first, end = edges[found]
    assert first <= last <= end
    assert end * 100 <= dict(tiers.TIERS)[found] * ranked


def test_a_tie_at_an_edge_takes_the_lower_tier():
    # Of 100, places 4 to 6 tie across the edge of Platinum at 5.
    assert tiers.tier(3, ranked=100) == "Platinum"
    assert tiers.tier(6, ranked=100) == "Gold"


def test_there_are_no_tiers_under_a_hundred():
    assert (tiers.tier(1, ranked=99), tiers.edges(ranked=99)) == ("", [])
    assert tiers.tier(100, ranked=100) == "Bronze"


pairs = st.lists(st.tuples(st.integers(1, 6), st.integers(10, 16)), max_size=14)


@given(pairs)
def test_artists_are_one_when_members_link_them(memberships: list[tuple[int, int]]):
    found = same_people(memberships)
    # Plain flooding from each artist.
    for artist in {artist for artist, _ in memberships}:
        reached = {artist}
        while True:
            accounts = {account for other, account in memberships if other in reached}
            wider = reached | {other for other, account in memberships if account in accounts}
            if wider == reached:
                break
            reached = wider
        assert found[artist] == min(reached)


@given(st.dictionaries(st.integers(1, 5), st.sets(st.integers(1, 6)), max_size=5), pairs)
def test_partners_are_other_people_on_the_same_beats(
    credits: dict[int, set[int]], memberships: list[tuple[int, int]]
):
    same = same_people(memberships)

    def who(artist: int) -> int:
        return same.get(artist, artist)

    found = collaborations(credits, same)
    for artist in range(1, 7):
        shared = {
            beat
            for beat, artists in credits.items()
            if artist in artists and {who(a) for a in artists} != {who(artist)}
        }
        partners = {who(a) for beat in shared for a in credits[beat]} - {who(artist)}
        if shared:
            assert (found[artist].beats, found[artist].partners) == (frozenset(shared), len(partners))
        else:
            assert artist not in found


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_the_smallest_number_is_found(wanted: int, most: int):
    assert smallest(lambda amount: amount >= wanted, most=most) == (wanted if wanted <= most else None)


def test_nothing_is_enough_of_nothing():
    assert smallest(lambda _: True, most=0) is None


def test_days_at_the_own_pace_are_rounded_up():
    assert days_at(212, recent=640) == 10
    assert days_at(1, recent=30) == 1
    assert days_at(5, recent=0) is None


@given(st.lists(st.sampled_from((0, 20, 40, 60, 80, 100)), min_size=1, max_size=8))
def test_completing_more_beats_never_lowers_the_mean(percents: list[int]):
    means = [completed_mean_bp(percents, completed=amount) for amount in range(len(percents) + 1)]
    assert means == sorted(means)
    assert means[-1] == (10_000, len(percents))
