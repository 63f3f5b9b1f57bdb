"""Geometry of the charts: pure functions from figures to coordinates. `components/charts.html` prints them as SVG."""
