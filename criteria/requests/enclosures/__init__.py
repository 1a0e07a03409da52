"""Documents of a request: their limits, their check, and pictures of their pages."""
