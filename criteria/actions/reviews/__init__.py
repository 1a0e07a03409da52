"""Writes what reviewers do: hold, view, ask, decide."""
