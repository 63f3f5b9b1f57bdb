"""Leaderboards: who is ranked where, kept as packed snapshots."""
