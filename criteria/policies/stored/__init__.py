"""Between the rows of an edition and its values."""
