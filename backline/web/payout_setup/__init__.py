"""Setting payouts up: the country, the way to Stripe and back, bank details for the manual bank file."""
