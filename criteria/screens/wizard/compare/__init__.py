"""One request by every policy in force."""
