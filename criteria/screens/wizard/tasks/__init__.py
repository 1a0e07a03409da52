"""The task list of a request."""
