"""What it is: frozen values and pure functions. Standard library only."""
