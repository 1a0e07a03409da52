"""Writes requests of a practice."""
