"""What is printed and kept: from content to a file."""
