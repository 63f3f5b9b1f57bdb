"""Who belongs to an artist, and who changed what."""
