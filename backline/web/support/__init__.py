"""Writing to the platform's staff, and their inbox."""
