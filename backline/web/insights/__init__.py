"""Insights of a beat, a collection or an artist: who plays it, from where, how long, and what comes of it."""
