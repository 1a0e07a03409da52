"""Dosing limits in the admin."""
