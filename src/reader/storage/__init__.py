"""What is kept: the only importer of TinyDB."""
