"""Annotators with a clock and a maker of ids that say the same in every run, and their library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.workspace.author import Author, uuid7
from reader.workspace.library import Library
from reader.workspace.session import Session

START = 1_795_360_639_000


def ids(seed: int = 1) -> Callable[[], str]:
    """A maker of ids: other seeds make others."""
    numbers = count()
    return lambda: uuid7(START + next(numbers), seed)


def clock(seconds: int = 0) -> Callable[[], str]:
    """A clock that goes on one second each time it is read."""
    numbers = count(seconds)

    def now() -> str:
        at = next(numbers)
        return f"2026-11-22T{at // 3600 % 24:02}:{at // 60 % 60:02}:{at % 60:02}.000Z"

    return now


def author(name: str = "anna", seed: int | None = None) -> Author:
    return Author(name, ids(sum(name.encode()) if seed is None else seed), clock())


_COME: Counter[tuple[Path, str]] = Counter()


def library(folder: Path, name: str = "anna", seed: int | None = None) -> Library:
    """The database `db` in a folder, in the hands of an annotator; each time with other ids."""
    _COME[folder, name] += 1
    return Library(
        folder / "db",
        author(name, sum(name.encode()) * 1000 + _COME[folder, name] if seed is None else seed),
    )


def written(folder: Path, text: str, name: str = "harbour-fire.txt") -> str:
    """A file with the exact text; returns its name on a command line."""
    path = folder / name
    path.write_bytes(text.encode())
    return str(path)


def place(session: Session, words: str) -> tuple[Fragment]:
    at = session.text.index(words)
    return (Fragment(at, at + len(words)),)


def tagged(
    session: Session, words: str, kind: str = "claim", label: str | None = None
) -> Annotation:
    return session.tag(kind, place(session, words), label=label)


def every_byte(folder: Path) -> dict[str, bytes]:
    """What is in a folder, file by file, locks left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }
