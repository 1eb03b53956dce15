"""How a place is described so that it can be found again."""
