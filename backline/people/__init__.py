"""Accounts, artists, members and access tokens."""
