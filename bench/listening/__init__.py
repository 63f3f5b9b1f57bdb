"""Measurements of listening: intake under load, faults, agents; fold, rebuild and reads."""
