"""What a reviewer's views of the criteria come to."""
