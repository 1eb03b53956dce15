"""`reader init`: keep a project's marks in its own folder; prints which."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from reader.cli import output
from reader.config import places
from reader.errors import Exit, InputError, StoreError, UsageError
from reader.workspace.author import author
from reader.workspace.library import Library

DESCRIPTION = """Keep the marks of the texts in a folder, and below it, in that folder itself.

It makes FOLDER/.reader/ and prints its path. Whoever gets the folder gets the marks with it;
in git, commit documents/, texts/ and database.json there: the rest is left out by itself."""
EXAMPLES = ("reader init", "reader init ~/investigations/harbour")


def declare(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", default=".", help="the project's folder (this one)"
    )


def run(arguments: Namespace) -> int:
    if arguments.db is not None:
        raise UsageError(
            "'reader init' makes the database in FOLDER",
            remedy="Leave out --db. A database that is named with it is made with its first mark.",
        )
    folder = _folder(arguments.folder)
    path = folder / places.PROJECT
    made = _made(path)
    output.lines(str(path))
    if made:
        output.remark(
            f"Marks of the texts in {folder} and below it are kept there from now on; "
            "those made before stay where they are. "
            "To share them commit its documents/, texts/ and database.json."
        )
    else:
        output.remark("It was there already, and is left as it is.")
    used = places.database(None, os.environ, folder)
    if used.path != path:
        output.remark(f"At present {used.path} is used all the same: it is {used.why}.")
    return Exit.FINE


def _made(path: Path) -> bool:
    """Make the database; False when it is there already."""
    try:
        return Library(path, author("reader")).repository.establish()
    except StoreError as error:
        if "--db" not in error.remedy:
            raise
        raise StoreError(
            error.title, error.cause, "Name a folder that you can write in: reader init FOLDER"
        ) from error


def _folder(name: str) -> Path:
    if not name or not Path(name).is_dir():
        raise InputError(f"'{name}' is no folder", remedy="Make it first, or name another.")
    return Path(name).resolve()
