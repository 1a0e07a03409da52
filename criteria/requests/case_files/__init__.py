"""A case as JSON, for programs: reading it, naming its questions, printing what is found."""
