"""Editions in the admin, up to publication."""
