"""My Beats: the artist's catalogue as its members see it."""
