"""A beat's player inside other people's pages, and oEmbed, by which they find it."""
