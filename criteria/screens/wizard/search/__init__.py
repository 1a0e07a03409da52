"""Finds a diagnosis or a code by what is typed."""
