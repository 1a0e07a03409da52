"""Checks a file against what was issued."""
