"""Documents of a request, and which shows what."""
