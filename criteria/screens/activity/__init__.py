"""Who did and opened what."""
