"""What the software finds of a case by an edition."""
