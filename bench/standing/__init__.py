"""Measures of the standing: XP and achievements, leaderboards."""
