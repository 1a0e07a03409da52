"""The authorization packet: one pure content object, its HTML, and the PDF kept as issued."""
