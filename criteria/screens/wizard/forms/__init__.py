"""The form of each page."""
