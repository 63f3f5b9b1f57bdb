"""XP, achievements and leaderboards, derived from the facts of the layers below."""
