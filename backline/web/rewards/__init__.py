"""What this rule rewards: the pool's rules side by side on one example."""
