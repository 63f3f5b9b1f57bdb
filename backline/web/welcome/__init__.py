"""The first visitor of a new installation makes the staff account here."""
