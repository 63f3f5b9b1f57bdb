"""The home of an artist's members: where things stand, what moved, what needs them."""
