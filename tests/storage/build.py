"""Files of a database for tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from reader.model.annotation import Annotation
from reader.model.change import Edit
from reader.model.document import Document
from reader.model.layer import Layers
from reader.model.link import Link
from reader.storage.document_file import DocumentFile
from reader.storage.journal import Line, decode, read_rows
from reader.storage.json_file import Tables
from reader.storage.layout import Layout, Shelf
from reader.storage.recovery import read
from reader.storage.repository import Repository
from tests.model.build import adding, change, document, mark, of, record_id, removing, tie

NAME = "harbour-fire~000d0c"
CLAIM = of("We had warned them twice", 1)
SOURCE = of("Ines Varga", 2, kind="source", label="named")
CUE = of("said Ines", 3, kind="cue")
LINK = tie(4, CLAIM, SOURCE, CUE)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def every_byte(folder: Path) -> dict[str, bytes]:
    """What is in a folder, file by file, locks left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


# Documents ----------------------------------------------------------------------------------------


def begun(root: Path, *records: Annotation | Link, name: str = NAME, **fields: Any) -> DocumentFile:
    """A document that is new, open in a session; written down when it has records."""
    file = DocumentFile(Layout(root), name, document(**fields))
    if records:
        file.append(adding(*records))
    return file


def lived(root: Path) -> None:
    """A document with a JSON at change 4, a backup at 2, and a journal up to 7: `NOW` is marked."""
    file = begun(root, CLAIM, SOURCE, CUE, LINK)
    file.append(change(Edit(CLAIM, replace(CLAIM, note="one"))))
    file.snapshot()
    file.append(adding(mark(5)))
    file.append(removing(LINK, CUE))
    file.snapshot()
    file.append(adding(mark(6), mark(7)))
    file.remember(replace(file.layers().document, position=33))
    file.append(change(Edit(mark(5), replace(mark(5), note="two"))))
    file.close()


NOW = [record_id(each) for each in (1, 2, 5, 6, 7)]


def opened(root: Path, name: str = NAME, **options: Any) -> DocumentFile:
    """Another session's hands on the same document."""
    return DocumentFile(Layout(root), name, **options)


def shelf(root: Path, name: str = NAME) -> Shelf:
    return Layout(root).shelf(name)


def stored(repository: Repository, document: Document, *records: Annotation | Link) -> Path:
    """Write a document with these records, its JSON included; returns its JSON file."""
    file = repository.begin(document)
    file.append(adding(*records))
    file.snapshot()
    file.close()
    return file.path


# What the files say -------------------------------------------------------------------------------


def state_of(path: Path) -> Tables:
    """The tables that a fresh reader of a document's JSON and journal gets, `_meta` left out."""
    tables = read(Layout(path.parent.parent).shelf(path.stem)).state.copy()
    del tables["_meta"]
    return tables


def numbers(*wanted: int) -> list[str]:
    return [record_id(each) for each in wanted]


def ids(layers: Layers) -> list[str]:
    return [each.id for each in layers.annotations]


def rows(path: Path) -> dict[str, Any]:
    """The JSON as it stands, by a reader that knows nothing of ours."""
    tables: dict[str, Any] = json.loads(path.read_bytes())
    return tables


def lines(path: Path) -> Iterator[Line]:
    """The lines of a journal, all of which must be sound."""
    for _, row in read_rows(path):
        line = decode(row)
        assert line is not None
        yield line


def rewrite(path: Path, turn: Callable[[dict[str, Any]], object]) -> None:
    """Change a JSON by hand, as another tool would."""
    tables = rows(path)
    turn(tables)
    path.write_text(json.dumps(tables, indent=1))


Turn = Callable[[dict[str, Any]], object]


def put(table: str, row: str, value: object) -> Turn:
    def turn(tables: dict[str, Any]) -> None:
        tables[table][row] = value

    return turn


def field(table: str, name: str, value: object) -> Turn:
    def turn(tables: dict[str, Any]) -> None:
        tables[table]["1"][name] = value

    return turn


def missing(table: str, name: str) -> Turn:
    def turn(tables: dict[str, Any]) -> None:
        del tables[table]["1"][name]

    return turn


def marks_in(root: Path) -> list[str]:
    """The ids of the marks that a fresh session finds, sorted."""
    return sorted(ids(opened(root).layers()))


def number(*numbers: int) -> list[str]:
    """The ids of the marks made with these numbers."""
    return [record_id(each) for each in numbers]
