"""The only code that writes rows: each action checks permission, runs whole, and is recorded."""
