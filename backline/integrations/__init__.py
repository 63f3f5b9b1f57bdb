"""Thin clients of things that are not ours: audio and image formats, user agents, addresses. No models."""
