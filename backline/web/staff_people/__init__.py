"""Staff look accounts and artists up."""
