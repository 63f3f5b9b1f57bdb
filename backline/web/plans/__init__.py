"""Plans: what listeners may subscribe to, on Stripe's hosted pages."""
