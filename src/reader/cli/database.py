"""The library that the options name."""

from __future__ import annotations

import contextlib
import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.cli import output
from reader.config import places
from reader.errors import StoreError, UsageError
from reader.workspace.author import author
from reader.workspace.library import Library

if TYPE_CHECKING:
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
    there = name != STANDARD_INPUT and is_path(name)
    try:
        return Path(name).parent.resolve() if there else Path.cwd()
    except (OSError, RuntimeError):
        return None


def is_path(name: str) -> bool:
    """Whether a file or folder is at that path."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False  # a title, too long for a path


def reading(arguments: Namespace) -> Library:
    """The library, to look only: nobody needs a name for that."""
    library = Library(place(arguments).path, author("reader"))
    for remark in library.repository.remarks:
        output.remark(remark)
    return library


def writing(arguments: Namespace) -> Library:
    """The library of the annotator who is named, or logged in. Raises StoreError when a newer
    reader's it is."""
    library = Library(place(arguments).path, author(arguments.annotator))
    library.repository.need_writable()
    for remark in library.repository.remarks:
        output.remark(remark)
    return library


@contextmanager
def session(arguments: Namespace) -> Iterator[Session]:
    """The FILE, open to be changed, its notices told."""
    opened = writing(arguments).open(arguments.file, arguments.encoding)
    for notice in opened.notices:
        output.remark(notice)
    with changing(opened):
        yield opened


@contextmanager
def changing(session: Session, otherwise: str = "Nothing was changed") -> Iterator[None]:
    """Around a change alone, before anything is printed: a StoreError from it says `otherwise`, and
    one from closing the session is told as a remark, since the change is safe by then."""
    try:
        yield
    except BaseException as error:
        with contextlib.suppress(StoreError):  # it would hide what matters
            session.close()
        if isinstance(error, StoreError):
            raise StoreError(f"{otherwise}: {error.title}", error.cause, error.remedy) from error
        raise
    try:
        session.close()
    except StoreError as error:
        output.remark(
            f"{session.document.title} is saved in the journal; "
            f"its JSON could not be brought up to date: {error.cause}. {error.remedy}".rstrip()
        )
