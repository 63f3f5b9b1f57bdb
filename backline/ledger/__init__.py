"""Accounts, entries and postings: what money moved from where to where, never changed afterwards."""
