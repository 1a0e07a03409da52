"""Maxima, days and offers beside the dose."""
