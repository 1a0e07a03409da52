"""What was typed, read: nothing of it is judged here."""
