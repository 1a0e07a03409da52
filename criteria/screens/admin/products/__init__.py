"""Products in the admin."""
