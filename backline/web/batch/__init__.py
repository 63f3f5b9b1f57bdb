"""Editing several beats at once, as a table."""
