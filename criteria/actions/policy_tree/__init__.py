"""Writes the lines of a tree of criteria."""
