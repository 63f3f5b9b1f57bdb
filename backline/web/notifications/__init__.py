"""The bell: what the account was told, and what it wants to be told."""
