"""Commands of Django that Backline does differently."""
