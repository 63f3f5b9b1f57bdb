"""`POST /api/v1/events`: event intake as a small WSGI application in front of Django's middleware."""
