"""How text is cut and measured."""
