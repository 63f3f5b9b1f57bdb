"""Staff look at the dashboard as an account sees it: for half an hour, read only, every page noted."""
