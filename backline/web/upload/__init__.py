"""Uploading a recording, which becomes the draft of a beat."""
