"""Every form of the product against what no browser would send."""
