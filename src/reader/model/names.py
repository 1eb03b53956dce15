"""What the fields of a record are called where they are read."""

from typing import Final

EXTRA: Final = "\uffff"
"""The field for what no field is there for: filled while reading, and written as fields of its own.
No file has it, since it is no character."""
