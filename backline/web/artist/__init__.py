"""An artist's public profile."""
