"""Questions in the admin."""
