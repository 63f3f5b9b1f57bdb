"""Search and commands: own beats, collections, artists, pages and actions, from anywhere in the backstage."""
