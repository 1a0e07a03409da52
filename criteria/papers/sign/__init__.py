"""Signs what is issued."""
