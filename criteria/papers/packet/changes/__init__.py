"""What a packet says otherwise than the one before."""
