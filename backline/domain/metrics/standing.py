"""Metrics of XP, levels, achievements and ranks."""

from __future__ import annotations

from backline.domain import boards, levels, tiers, xp
from backline.domain.boards import SPANS, WEIGHTS, Board, Span
from backline.domain.metrics.metric import ACTIVITY, DASHBOARD, LEADERBOARDS, PROGRESS, Metric, Zone
from backline.domain.quality import ENOUGH_TAGS
from backline.domain.xp import Source

XP_RULE = f"XP rules {xp.VERSION}"
BOARD_RULE = f"Leaderboard rules {boards.RULES_VERSION}"
SCORES = {
    Board.OVERALL: "The six other boards together: "
    + ", ".join(f"{board.label} {weight}%" for board, weight in WEIGHTS.items())
    + ".",
    Board.QUALITY: (
        f"Mean completeness of public beats, from {boards.FEWEST_QUALITY_BEATS} beats on; then complete beats."
    ),
    Board.UPLOADS: "Public beats of the artist by the day they were first published.",
    Board.PLAYS: "Plays.",
    Board.POINTS: "XP, then achievements.",
    Board.EARNINGS: "Platform share. Others see the rank and the tier, never the share.",
    Board.COLLAB: (
        f"{boards.PER_PARTNER // 100} for each partner, {boards.PER_COLLAB_BEAT // 100} for each shared beat and"
        f" {boards.PER_COLLAB_PLAY / 100:.2f} for each of their plays. Artists that share a member are one."
    ),
}
SPAN_NAMES = {
    Span.WEEK: "7 days",
    Span.THIRTY: "30 days",
    Span.ALL: "all time",
    Span.NOW: "now",
    Span.MONTH: "the last closed month",
}


def _board(board: Board) -> Metric:
    over = ", ".join(SPAN_NAMES[span] for span in SPANS[board])
    return Metric(
        f"rank-{board.value}",
        f"Rank in {board.label}",
        "place",
        Zone.REPORTING,
        (
            SCORES[board],
            f"Ranked over {over}, once a reporting day. Equals share a place and the next one is left out.",
            "Ranked are artists with a public beat and a score above 0 who have not opted out.",
        ),
        (DASHBOARD, LEADERBOARDS) if board is Board.OVERALL else (LEADERBOARDS,),
        rule=BOARD_RULE,
    )


STANDING = (
    Metric(
        "xp",
        "XP",
        "XP",
        Zone.REPORTING,
        (
            "The sum of what was awarded for facts. A fact that is withdrawn is reversed with a note,"
            " so XP may sink a level.",
        ),
        (DASHBOARD, PROGRESS),
        (
            (
                Source.UPLOAD.label,
                f"{xp.UPLOAD_XP} for a beat's first publication; the first {xp.UPLOADS_A_MONTH} of a calendar month.",
            ),
            (
                Source.PLAYS.label,
                f"{xp.PLAY_XP} for each account, beat and day with a play; signed-out listeners up to"
                f" {xp.SIGNED_OUT_A_DAY} a beat and day.",
            ),
            (
                Source.METADATA.label,
                f"{xp.METADATA_XP} once for a published beat with BPM, key, scale, description and {ENOUGH_TAGS} tags.",
            ),
            (
                Source.COLLABORATE.label,
                f"{xp.COLLABORATE_XP} to each of {xp.FEWEST_ARTISTS} or more accepted artists of a public beat.",
            ),
            (Source.ACHIEVEMENT.label, "What each achievement says, once."),
        ),
        XP_RULE,
    ),
    Metric(
        "level",
        "Level",
        "level",
        Zone.NONE,
        (
            f"Level n begins at 100 × (n − 1)^1.5 XP, rounded; {levels.HIGHEST} is the last.",
            "Titles: " + ", ".join(f"{name} from {least}" for least, name in levels.TITLES_FROM) + ".",
        ),
        (DASHBOARD, PROGRESS),
        rule=XP_RULE,
    ),
    Metric(
        "achievements",
        "Achievements",
        "achievements",
        Zone.REPORTING,
        (
            "Unlocked of those that can be unlocked here. They stay unlocked, except by a decision of staff.",
            "Lately means in the last 30 complete days and today.",
        ),
        (ACTIVITY, PROGRESS),
    ),
    *(_board(board) for board in Board),
    Metric(
        "tier",
        "Tier",
        "tier",
        Zone.REPORTING,
        (
            f"Which part of the ranked an artist is in, from {tiers.FEWEST_RANKED} ranked artists on:"
            f" {', '.join(f'{name} the first {percent}%' for name, percent in tiers.TIERS[:-1])},"
            f" {tiers.TIERS[-1][0]} all others. A tie at an edge takes the lower tier.",
        ),
        (LEADERBOARDS,),
        rule=BOARD_RULE,
    ),
)
