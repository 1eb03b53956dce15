"""The parts of a screen; they show and tell, and never change data."""
