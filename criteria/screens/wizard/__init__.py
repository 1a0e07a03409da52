"""The prescriber's wizard: pages as data, forms, views."""
