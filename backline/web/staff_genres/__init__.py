"""Staff keep the list of genres."""
