"""One request on the reviewer's desk."""
