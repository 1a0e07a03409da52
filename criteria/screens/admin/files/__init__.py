"""An edition's file: taken in and given out."""
