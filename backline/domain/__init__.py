"""The product's rules in plain Python: no framework, no clock, no input or output. The first code to read."""
