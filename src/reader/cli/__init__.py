"""How it is called: one module per command."""
