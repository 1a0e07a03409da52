"""Approvals that end, and requests that continue them."""
