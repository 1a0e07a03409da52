"""An edition as values: its file, its rows, its codes, its checks, its difference to another."""
