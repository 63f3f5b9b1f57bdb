"""The collection form: what it is called, when it comes out, which beats it holds in which order."""
