"""Appeals of producers whose beat sounds like another artist's: what staff see and answer."""
