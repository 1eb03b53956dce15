"""`reader trash`: list, put back or delete what was removed."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import counted
from reader.errors import Exit
from reader.text.cells import cut, safe, width

if TYPE_CHECKING:
    from reader.storage.catalog import Damaged
    from reader.storage.trash import Discarded
    from reader.workspace.library import Library

DESCRIPTION = """List the documents that were removed, put one back, or delete them all for good.

One that was removed several times comes back as it was the last time."""
EXAMPLES = ("reader trash", "reader trash --restore 01a203db", "reader trash --empty")


def declare(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--json", action="store_true", help="a list of objects, for scripts")
    what.add_argument(
        "--restore",
        metavar="ID",
        type=options.words,
        help="put a document back: its id (or how it begins) or title",
    )
    what.add_argument("--empty", action="store_true", help="delete all of it for good")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(arguments: Namespace) -> int:
    from reader.storage.catalog import Damaged
    from reader.workspace import discarding

    library = database.reading(arguments)
    if arguments.restore is not None:
        item = discarding.restore(library, arguments.restore)
        output.remark(f"{item.document.title} is back, as it was on {item.day}.")
        return Exit.FINE
    items: list[Discarded] = []
    damaged: list[Damaged] = []
    for each in discarding.trashed(library):
        if isinstance(each, Damaged):
            damaged.append(each)
        else:
            items.append(each)
    if arguments.empty and (items or damaged):
        return _empty(library, items, damaged, sure=arguments.yes)
    if arguments.json:
        output.data(json.dumps([_plain(each) for each in items], indent=2) + "\n")
    elif items:
        output.data("".join(f"{row}\n" for row in _rows(items, output.width())))
    elif not damaged:
        output.remark("The trash is empty.")
    for file in damaged:
        output.remark(f"reader: {file.error}")
    return Exit.STORE if damaged else Exit.FINE


def _empty(
    library: Library, items: Sequence[Discarded], damaged: Sequence[Damaged], *, sure: bool
) -> int:
    from reader.workspace import discarding

    output.remark("These go for good:")
    for row in _rows(items, None):
        output.remark(f"  {row}")
    for file in damaged:
        output.remark(f"  {file.path}, which cannot be read")
    if not sure and not output.confirmed("Delete them?", "To delete them unasked: --yes."):
        output.remark("Nothing was deleted.")
        return Exit.FINE
    discarding.empty(library, [*items, *damaged])
    output.remark("Deleted.")
    return Exit.FINE


def _plain(item: Discarded) -> dict[str, object]:
    return {
        "id": item.document.id,
        "title": item.document.title,
        "removed": item.day,
        "annotations": dict(item.counts),
        "links": item.links,
        "folder": str(item.folder),
    }


def _rows(items: Sequence[Discarded], terminal: int | None) -> list[str]:
    """A line for each: when it was removed, its id, its title, how much was marked."""
    rows = []
    for item in items:
        marks = counted(sum(item.counts.values()), "mark")
        links = counted(item.links, "link")
        cells = (item.day, item.document.id, item.document.title, f"{marks}, {links}")
        rows.append([safe(each) for each in cells])
    widest = [max(map(width, column), default=0) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell + " " * (most - width(cell)) for cell, most in zip(row, widest, strict=True))
        for row in rows
    )
    return [line.rstrip() if terminal is None else cut(line.rstrip(), terminal) for line in lines]
