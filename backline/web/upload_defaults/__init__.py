"""What an artist's new drafts start with, and its voice tag."""
