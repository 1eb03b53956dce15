"""Where the files of an export go: all of them, or none."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

from reader.errors import InputError, UsageError
from reader.formats.codec import Files
from reader.storage.files import TemporaryFile, make_folder
from reader.storage.layout import COMMON
from reader.workspace.exporting import Exported, not_saved, save

_LONGEST: Final = 100
"""So many characters of a title are used for a file's name: with an ending it fits anywhere."""
_NO_NAME: Final = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u2028-\u202e\u2066-\u2069]+')
"""What cannot stand in a file's name, here or where the files are sent."""


class Placed(NamedTuple):
    """Each file with its path. What stands beside the main files may be there already, if it is the
    same; what is shared may be there in any case."""

    files: list[tuple[Path, bytes]]
    mains: frozenset[Path]
    shared: frozenset[Path] = frozenset()
    folder: Path | None = None
    """The folder for all of them, made where there is none."""
    texts: frozenset[Path] = frozenset()
    """Where the texts themselves lie: never written over."""


def place(exported: Exported, output: str) -> Placed:
    """`output` is the main file, or for a format with a file for each document a folder. Raises
    UsageError, InputError."""
    if not output:
        raise UsageError("--output names no file", remedy="Name one: --output PATH.")
    path = Path(output)
    codec = exported.codec
    if not codec.per_document:
        if output.endswith("/"):
            raise InputError(
                f"{output} is a folder",
                f"{codec.name} makes one file of all documents",
                "Name a file in it.",
            )
        made = _at(path, exported.items[0][1])
        return Placed(made, frozenset([path]), texts=exported.texts)
    folder = None
    if _is_folder(path) or output.endswith("/") or len(exported.items) != 1:
        if path.is_file():
            raise InputError(
                f"{path} is a file",
                f"{codec.name} makes a file for each document",
                "Name a folder with --output.",
            )
        folder = path
        stems = file_names(title for title, _ in exported.items)
        mains = [path / f"{stem}{codec.extensions[0]}" for stem in stems]
    else:
        mains = [path]
    files = [
        each
        for main, (_, made) in zip(mains, exported.items, strict=True)
        for each in _at(main, made)
    ]
    shared = {(folder or path.parent) / name: data for name, data in exported.shared.items()}
    placed = [*files, *shared.items()]
    _check_apart(placed)
    return Placed(placed, frozenset(mains), frozenset(shared), folder, exported.texts)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise not_saved(f"{path} was not saved", error) from error


def _at(main: Path, files: Files) -> list[tuple[Path, bytes]]:
    stem = main.name.rpartition(".")[0] or main.name
    beside = [(main.with_name(f"{stem}{end}"), data) for end, data in files.beside.items()]
    return [(main, files.main), *beside]


def _check_apart(files: Sequence[tuple[Path, bytes]]) -> None:
    taken: set[Path] = set()
    for path, _ in files:
        if path in taken:
            raise UsageError(
                f"{path} cannot be the name of two files",
                "another one of this name stands beside the main one",
                "Name that otherwise with --output.",
            )
        taken.add(path)


def file_names(titles: Iterable[str]) -> Iterator[str]:
    """For each title a name without an ending, unlike all others on every file system."""
    taken: set[str] = set()
    for title in titles:
        plain = _NO_NAME.sub("-", title).lstrip(" .-").rstrip(" .")
        stem = plain.rpartition(".")[0] if re.search(r"\.\w{1,5}$", plain) else plain
        stem = stem[:_LONGEST].rstrip(" .") or "text"
        while len(stem.encode()) > 200:  # most file systems count bytes, up to 255
            stem = stem[:-1]
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        yield name


def write(placed: Placed, *, force: bool) -> list[Path]:
    """Write all files, or none of them. Returns those that were written. Raises InputError,
    StoreError."""
    try:
        left = set() if force else set(left_alone(placed))
        files = [
            (path, data)
            for path, data in placed.files
            if path not in left and (path in placed.mains or not _is_there(path, data))
        ]
        _keep_texts(placed.texts, files)
        if placed.folder is None and len(placed.files) == 1:
            ((path, data),) = files
            save(data, path, force=force)
            return [path]
        parent = placed.folder.parent if placed.folder else placed.files[0][0].parent
        if not parent.is_dir():
            raise InputError(f"There is no folder {parent}", remedy="Make it first.")
        for path, _ in files:
            _check(path, force)
        if placed.folder is not None:
            make_folder(placed.folder, COMMON)
        _put(files)
    except OSError as error:
        raise not_saved("The files were not saved", error) from error
    return [path for path, _ in files]


def left_alone(placed: Placed) -> list[Path]:
    """The shared files that are there already, and say something else."""
    return [
        path
        for path, data in placed.files
        if path in placed.shared and path.is_file() and not _is_there(path, data)
    ]


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _keep_texts(texts: Iterable[Path], files: Iterable[tuple[Path, bytes]]) -> None:
    kept = {os.path.realpath(path) for path in texts}
    for path, _ in files:
        if os.path.realpath(path) in kept and path.exists():
            raise InputError(
                f"{path} is one of the texts themselves",
                "nothing was written over it",
                "Name another place with --output.",
            )


def _check(path: Path, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is no file", "nothing was written", "Name another place.")
    if path.exists() and not force:
        raise InputError(
            f"{path} exists already",
            "nothing was written",
            "Name another place, or say --force to replace what is there.",
        )


def _put(files: Sequence[tuple[Path, bytes]]) -> None:
    """All new contents are on the disk before the first is put in its place."""
    with ExitStack() as stack:
        made = [
            (path, stack.enter_context(TemporaryFile(Path(os.path.realpath(path)), data, COMMON)))
            for path, data in files
        ]
        fresh: list[Path] = []
        try:
            for path, temporary in made:
                if not path.exists():
                    fresh.append(path)
                temporary.put()
        except OSError:
            for path in fresh:
                path.unlink(missing_ok=True)
            raise
