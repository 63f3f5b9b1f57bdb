"""Every shared component with example inputs, in one page."""
