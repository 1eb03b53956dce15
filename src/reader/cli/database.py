"""The library that the options name."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reader.cli import output
from reader.config import places
from reader.errors import UsageError
from reader.workspace.author import author
from reader.workspace.library import Library
from reader.workspace.session import Session

STANDARD_INPUT: Final = "-"


def place(arguments: Namespace) -> places.Place:
    """The folder of the database, and why it is this one: the same for every FILE."""
    if arguments.db == "":
        raise UsageError("--db names no folder", remedy="Name one: --db DIR.")
    first: tuple[str, places.Place] | None = None
    for start, name in _starts(_files(arguments)).items():
        try:
            found = places.database(arguments.db, os.environ, start)
        except RuntimeError as error:  # "~somebody" who is not
            raise UsageError(
                "The folder of the database is not clear", str(error), "Write it without '~'."
            ) from error
        if first is None:
            first = name, found
        elif found.path != first[1].path:
            raise UsageError(
                "These files have different databases",
                f"that of '{first[0]}' is {first[1].path}, that of '{name}' is {found.path}",
                "Name one for all of them with --db, or give them one after the other.",
            )
    assert first is not None  # without a FILE it starts from the working folder
    return first[1]


def _files(arguments: Namespace) -> Sequence[str]:
    """What stands for FILE on the command line: the text rather than what is imported for it."""
    given = vars(arguments)
    if given.get("document") is not None:
        return [given["document"]]
    if given.get("file") is not None:
        return [given["file"]]
    several: Sequence[str] = given.get("files", ())
    return several


def _starts(names: Sequence[str]) -> dict[Path | None, str]:
    """The folders to look for a project from, each with the first of the names that led to it."""
    starts: dict[Path | None, str] = {}
    for name in names or (STANDARD_INPUT,):
        starts.setdefault(_start(name), name)
    return starts


def _start(name: str) -> Path | None:
    """The folder of the file of that name, else the working folder; None when that is gone."""
    path = Path(name)
    try:
        there = name != STANDARD_INPUT and path.exists()
    except (OSError, ValueError):
        there = False  # a title, too long for a path
    try:
        return path.parent.resolve() if there else Path.cwd()
    except (OSError, RuntimeError):
        return None


def reading(arguments: Namespace) -> Library:
    """The library, to look only: nobody needs a name for that."""
    return Library(place(arguments).path, author("reader"))


def writing(arguments: Namespace) -> Library:
    """The library of the annotator who is named, or logged in."""
    return Library(place(arguments).path, author(arguments.annotator))


def session(arguments: Namespace) -> Session:
    """The FILE, open to be marked, its notices told."""
    opened = writing(arguments).open(arguments.file, arguments.encoding)
    for notice in opened.notices:
        output.remark(notice)
    return opened
