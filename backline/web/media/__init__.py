"""Audio and pictures, served by a small WSGI application that skips Django's middleware and its database."""
