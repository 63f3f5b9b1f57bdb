"""The producer's own profile: what it says, its address, its pictures."""
