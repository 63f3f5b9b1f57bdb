"""My Beats of an artist with a large catalogue."""
