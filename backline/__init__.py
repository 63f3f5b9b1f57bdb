"""Backline: the producer dashboard where every number can be opened."""

__version__ = "0.1.0"
