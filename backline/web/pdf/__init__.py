"""Documents to keep: PDF files with the fonts of the screens, the same bytes for the same content."""
