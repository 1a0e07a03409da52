"""Letters to a practice: composed from a reviewer's lines, printed, and kept as they were sent."""
