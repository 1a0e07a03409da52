"""The policies to read: which editions there are, when each rules, and what changed."""
