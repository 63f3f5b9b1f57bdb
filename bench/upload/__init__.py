"""Uploading: throughput of pieces, and what the pipeline costs."""
