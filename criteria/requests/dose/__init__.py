"""The weight and the dose asked for, as typed and in words."""
