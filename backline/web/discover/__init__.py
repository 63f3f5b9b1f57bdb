"""The front page: find something to listen to."""
