"""What the renderer needs: fetching, parsing, conformity."""
