"""Writes of XP and achievements: deriving awards from facts, unlocking, asking for a new computation."""

from backline.standing.actions.artists import Basis, recompute, refresh
from backline.standing.actions.asking import answer_request, ask_refresh, claim_unlocks, withdraw_achievement
from backline.standing.actions.everybody import run_round
from backline.standing.actions.plays import award_plays

__all__ = [
    "Basis",
    "answer_request",
    "ask_refresh",
    "award_plays",
    "claim_unlocks",
    "recompute",
    "refresh",
    "run_round",
    "withdraw_achievement",
]
