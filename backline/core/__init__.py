"""No product words: clock, work loop, files, signing, base model."""
