"""A beat's public page, playing it and liking it."""
