"""What leaves and enters: one codec per format."""
