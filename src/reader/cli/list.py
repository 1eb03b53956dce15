"""`reader list`: the documents, with what is marked on them."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from typing import Final

from reader.cli import database, output
from reader.errors import Exit
from reader.model.scheme import DEFAULT
from reader.text.cells import cut, safe, width
from reader.workspace.library import Library, Listed

DESCRIPTION = """List the documents, the last changed first, with what is marked on them.

On a narrow terminal the last columns are left out; a pipe and --json get them
all. Times are UTC. Where a command asks for FILE, a title or an ID will do."""
EXAMPLES = ("reader list", "reader list --json", "reader list --db ~/newsroom")

_SHORTEST_ID: Final = 8
_TITLE: Final = 24
"""How many cells of a title are shown at least, before a column is."""


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="a list of objects, for scripts")


def run(arguments: Namespace) -> int:
    library = database.reading(arguments)
    listed: list[Listed] = []
    damaged = []
    for each in library.listed():
        if isinstance(each, Listed):
            listed.append(each)
        else:
            damaged.append(each)
    listed.sort(key=lambda each: (each.document.updated, each.document.id), reverse=True)
    if arguments.json:
        plain = [_plain(library, each) for each in listed]
        output.data(json.dumps(plain, indent=2) + "\n")
    elif listed:
        output.data("".join(f"{row}\n" for row in _table(listed, output.width())))
    elif not damaged:
        output.remark(
            f"There are no documents in {library.folder} yet. "
            "Begin with 'reader open FILE': a text is kept from its first mark on."
        )
    for remark in library.remarks:
        output.remark(remark)
    for file in damaged:
        output.remark(f"reader: {file.error}")
    return Exit.STORE if damaged else Exit.FINE


def _plain(library: Library, listed: Listed) -> dict[str, object]:
    document = listed.document
    return {
        "id": document.id,
        "title": document.title,
        "state": document.state,
        "annotations": {kind: listed.counts[kind] for kind in _kinds([listed])},
        "links": listed.links,
        "updated": document.updated,
        "opened": document.opened,
        "paths": [str(path) for path in library.paths_of(document)],
    }


def _kinds(listed: Iterable[Listed]) -> list[str]:
    """The scheme's kinds, then those that other tools brought."""
    known = [kind.name for kind in DEFAULT.kinds]
    return known + sorted({kind for each in listed for kind in each.counts} - set(known))


def _table(listed: Sequence[Listed], terminal: int | None) -> list[str]:
    """The rows, headed, as wide as the terminal at most; without one nothing is padded."""
    left, right = (_left, _right) if terminal is not None else (list[str], list[str])
    plurals = {kind.name: kind.plural.upper() for kind in DEFAULT.kinds}
    columns: list[list[str]] = []
    for kind in _kinds(listed):
        counts = [str(each.counts[kind]) for each in listed]
        columns.append(right([safe(plurals.get(kind, kind.upper())), *counts]))
    columns.append(right(["LINKS", *(str(each.links) for each in listed)]))
    columns.append(left(["STATE", *(safe(each.document.state) for each in listed)]))
    changed = (each.document.updated[:16].replace("T", " ") for each in listed)
    columns.append(left(["CHANGED", *map(safe, changed)]))
    columns.append(left(["ID", *_short([each.document.id for each in listed])]))
    titles = ["TITLE", *(safe(each.document.title) for each in listed)]
    if terminal is not None:
        titles, columns = _fitted(titles, columns, terminal)
    return ["  ".join(row).rstrip() for row in zip(left(titles), *columns, strict=True)]


def _fitted(
    titles: list[str], columns: list[list[str]], terminal: int
) -> tuple[list[str], list[list[str]]]:
    """As many columns as fit beside the titles, and the titles cut to what is left."""
    least = min(max(map(width, titles)), _TITLE)
    kept: list[list[str]] = []
    left = terminal
    for column in columns:
        if left - width(column[0]) - 2 < least:
            break
        left -= width(column[0]) + 2
        kept.append(column)
    return [cut(title, left) for title in titles], kept


def _left(cells: Sequence[str]) -> list[str]:
    widest = max(map(width, cells))
    return [cell + " " * (widest - width(cell)) for cell in cells]


def _right(cells: Sequence[str]) -> list[str]:
    widest = max(map(width, cells))
    return [" " * (widest - width(cell)) + cell for cell in cells]


def _short(ids: Sequence[str]) -> list[str]:
    """The beginnings of ids, all of one length, that tell them apart."""
    needed = _SHORTEST_ID
    while len({each[:needed] for each in ids}) < len(set(ids)):
        needed += 1
    return [safe(each[:needed]) for each in ids]
