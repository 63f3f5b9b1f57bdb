"""What the platform keeps of a person: to take along, and to delete."""
