"""The access matrix: who asks, for what, and how the table is written."""
