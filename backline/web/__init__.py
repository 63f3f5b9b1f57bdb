"""Screens, the API and everything that speaks HTTP."""
