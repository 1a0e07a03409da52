"""Codes of an edition in the admin."""
