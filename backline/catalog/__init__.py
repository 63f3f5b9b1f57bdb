"""Beats, collections, credits and the audio and pictures they are made of."""
