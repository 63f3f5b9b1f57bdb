"""Progress: XP, level and achievements."""
