"""Play receipts of a beat: every listen received, counted or rejected by reason, by day."""
