"""Django's SQLite backend, but for how writers wait for each other."""
