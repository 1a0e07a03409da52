"""The outline editor: the criteria of one tree, changed in place."""
