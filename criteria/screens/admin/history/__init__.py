"""The history of a row, in the officer's words."""
