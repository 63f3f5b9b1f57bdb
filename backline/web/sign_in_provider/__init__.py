"""Signing in by the operator's identity provider, and the page where an account links it."""
