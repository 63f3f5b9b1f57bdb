"""Benchmarks of money."""
