"""The documents of a request, joined to its packet."""
