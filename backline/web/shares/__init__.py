"""Share tables of a beat: proposed, read, answered."""
