"""Facts that lower layers hand to upper ones, in the transaction in which they happened."""
