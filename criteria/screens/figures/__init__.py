"""Figures of the desk: counted in the database, drawn as charts, written out as tables."""
