"""Finances: what an artist earned and was paid."""
