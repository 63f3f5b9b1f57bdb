"""My Collections: albums, EPs and packs as the artist's members see them."""
