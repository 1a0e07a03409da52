"""What was changed, by whom, field by field."""
