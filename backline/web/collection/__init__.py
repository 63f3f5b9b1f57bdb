"""A collection's public page."""
