"""The platform's settings as they are in force, and the log of what staff and owners changed."""
