"""The tree of criteria as an outline that is edited in place."""
