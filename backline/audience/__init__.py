"""What listeners do besides listening: follows and likes."""
