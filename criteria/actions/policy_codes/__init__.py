"""Takes a pasted list of codes into an edition."""
