"""Snapshots of the boards: taken by the worker, read by screens."""
