"""Keeps packets as they were issued, and bundles them."""
