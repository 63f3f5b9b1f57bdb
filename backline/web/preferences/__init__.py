"""Settings of the account: name, time zone, week, privacy, theme."""
