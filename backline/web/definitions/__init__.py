"""What counts: every metric in words, as a page and in the dialog that labels open."""
