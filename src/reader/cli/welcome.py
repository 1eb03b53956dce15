"""`reader` alone: what to do, and what was open last."""

from __future__ import annotations

import shlex
from argparse import Namespace
from pathlib import Path
from typing import Final

from reader.cli import database, output
from reader.errors import Exit
from reader.model.document import Document
from reader.workspace.library import Library

_GREETING: Final = """\
Read a text in the terminal and mark who says what.

  reader open FILE    read a text on the screen and mark it
  reader show FILE    print a text with its marks
  reader list         list the documents, with what is marked on them
  reader --help       all commands"""


def run(arguments: Namespace) -> int:
    output.lines(_GREETING)
    library = database.reading(arguments)
    latest = library.last_opened()
    if latest:
        output.lines("\nOpen last:")
    for document in latest:
        opened = (document.opened or "")[:16].replace("T", " ")
        output.lines(f"  reader open {_name(library, document)}    ({opened} UTC)")
    return Exit.FINE


def _name(library: Library, document: Document) -> str:
    """How it can be named on a command line: by its file where that is, else by its id."""
    path = next((each for each in library.paths_of(document) if each.is_file()), None)
    if path is None:
        return f"{document.id}  {document.title}"
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
