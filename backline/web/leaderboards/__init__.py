"""Leaderboards: where an artist stands among others."""
