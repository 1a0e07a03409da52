"""Packets and letters as they were issued, to take along."""
