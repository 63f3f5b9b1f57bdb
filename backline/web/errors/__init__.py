"""What a visitor sees when a request cannot be answered: the reason, and the request's id for support."""
