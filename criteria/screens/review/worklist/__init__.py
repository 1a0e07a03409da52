"""The requests that wait for a reviewer."""
