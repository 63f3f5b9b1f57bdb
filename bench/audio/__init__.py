"""How good tempo, key and fingerprint are, against labelled loops, synthetic beats, librosa and Chromaprint."""
