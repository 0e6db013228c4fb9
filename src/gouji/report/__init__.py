"""Analysis -> HTML page."""
