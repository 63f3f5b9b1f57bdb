"""The boards as arrays are the rules of the domain, on random facts with ties and opt-outs."""

from __future__ import annotations

from hypothesis import given, settings

from backline.domain.boards import SPANS, Board, Span
from backline.standing.boards.facts import Facts
from backline.standing.boards.ranked import COMPONENTS, rank_all
from tests.standing.board_worlds import facts_of, naive, naive_overall, sheets_of, worlds


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_ranks_are_those_of_a_naive_ranking(facts: Facts):
    for (board, span), ranked in rank_all(facts).items():
        found = dict(zip(ranked.ids.tolist(), ranked.ranks.tolist(), strict=True))
        if board is Board.OVERALL:
            wanted, scores = naive_overall(facts, span)
            assert dict(zip(ranked.ids.tolist(), ranked.scores.tolist(), strict=True)) == scores
        else:
            wanted = naive(facts, board, span)
        assert found == wanted
        assert ranked.ranks.tolist() == sorted(ranked.ranks.tolist())


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_a_sheet_reads_back_what_was_packed(facts: Facts):
    boards, sheets = rank_all(facts), sheets_of(facts)
    for place, ranked in boards.items():
        sheet = sheets[place]
        assert sheet.ranked == len(ranked.ids)
        assert sheet.of(999) is None
        components = ranked.components().tolist()
        for number, artist in enumerate(ranked.ids.tolist()):
            row = sheet.of(artist)
            assert row is not None
            assert (row.place, row.rank, row.score) == (
                number, ranked.ranks[number], ranked.scores[number],
            )  # fmt: skip
            assert sheet.component(row) == components[number]
            tie = [other for other in sheet.rows(0, sheet.ranked) if other.rank == row.rank]
            assert row.last == tie[-1].place + 1
            assert sheet.above((row.score, row.second)) == row.rank - 1


def test_every_board_and_period_is_ranked():
    assert set(rank_all(facts_of({}, artists=[]))) == {(b, s) for b, spans in SPANS.items() for s in spans}


def test_who_is_alone_counts_whole_and_who_is_not_ranked_counts_nothing():
    sheets = sheets_of(facts_of({(Board.PLAYS, Span.ALL): {1: (5, 1), 2: (0, 1)}}, artists=[1, 2]))
    overall = sheets[Board.OVERALL, Span.ALL]
    assert [row.artist_id for row in overall.rows(0, 9)] == [1]
    assert overall.at(0).score == 20_000_000
    assert COMPONENTS[overall.at(0).details["best"]] is Board.PLAYS


def test_overall_of_thirty_days_is_rescaled():
    thirty = {
        (board, Span.THIRTY): {1: figures}
        for board, figures in ((Board.PLAYS, (5, 1)), (Board.UPLOADS, (1, 1)), (Board.COLLAB, (1, 1, 0)))
    }
    sheets = sheets_of(facts_of(thirty, artists=[1]))
    assert sheets[Board.OVERALL, Span.THIRTY].at(0).score == 100_000_000


def test_xp_comes_before_achievements_and_mean_completeness_before_complete_beats():
    sheets = sheets_of(
        facts_of(
            {
                (Board.POINTS, Span.ALL): {1: (50, 1), 2: (50, 3), 3: (60, 0), 4: (50, 3)},
                (Board.QUALITY, Span.NOW): {
                    1: (9000, 3, 6),
                    2: (9000, 5, 9),
                    3: (10000, 4, 4),
                    4: (8000, 2, 5),
                },
            },
            artists=[1, 2, 3, 4],
        )
    )
    assert [(r.artist_id, r.rank) for r in sheets[Board.POINTS, Span.ALL].rows(0, 9)] == [
        (3, 1), (2, 2), (4, 2), (1, 4),
    ]  # fmt: skip
    assert [r.artist_id for r in sheets[Board.QUALITY, Span.NOW].rows(0, 9)] == [2, 1, 4]
