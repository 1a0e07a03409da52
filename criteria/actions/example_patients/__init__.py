"""Writes the example patients of an edition."""
