"""The beat form: describing a draft until it can be published, and what comes after."""
