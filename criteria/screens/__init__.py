"""What a person sees. A screen imports no other screen, but for those the layer test names."""
