"""Where Stripe tells what has happened."""
