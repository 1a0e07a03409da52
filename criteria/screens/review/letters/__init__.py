"""Letters of a reviewer, from the first word to sending."""
