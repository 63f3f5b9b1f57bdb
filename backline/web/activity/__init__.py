"""What an artist put in (uploads) and what came back (plays, downloads, likes, followers), with receipts."""
