"""Writes editions and their parts, from draft to publication."""
