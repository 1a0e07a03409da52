"""Example patients in the admin."""
