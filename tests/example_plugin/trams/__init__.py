"""What the tram office adds to cableproof."""
