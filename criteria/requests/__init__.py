"""What a request says, and what is found of it."""
