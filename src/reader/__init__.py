"""reader: read a text in the terminal and mark who says what."""

__version__ = "0.1.0"
