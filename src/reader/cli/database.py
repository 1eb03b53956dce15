"""The library that the options name."""

from __future__ import annotations

import os
from argparse import Namespace

from reader.cli import output
from reader.config import places
from reader.errors import UsageError
from reader.workspace.author import author
from reader.workspace.library import Library
from reader.workspace.session import Session


def place(arguments: Namespace) -> places.Place:
    """The folder of the database, and why it is this one."""
    if arguments.db == "":
        raise UsageError("--db names no folder", remedy="Name one: --db DIR.")
    try:
        return places.database(arguments.db, os.environ)
    except RuntimeError as error:  # "~somebody" who is not
        raise UsageError(
            "The folder of the database is not clear", str(error), "Write it without '~'."
        ) from error


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
