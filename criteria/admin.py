"""The door by which the admin finds its screens."""

from criteria.screens import admin

__all__ = ["admin"]
