"""`reader history`: what was done to a document, when and by whom."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import worded
from reader.errors import Exit
from reader.text.cells import cut, safe, width

if TYPE_CHECKING:
    from reader.storage.past import Entry

DESCRIPTION = """List what was done to a document, when and by whom, the oldest first.

Times are UTC. Without a name: it was done outside of reader."""
EXAMPLES = ("reader history article.txt", "reader history article.txt --json")


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    parser.add_argument("--json", action="store_true", help="a list of objects, for scripts")


def run(arguments: Namespace) -> int:
    library = database.reading(arguments)
    entry, notices = library.entry(arguments.file, arguments.encoding)
    for notice in notices:
        output.remark(notice)
    changes = library.repository.history(entry.path) if entry is not None else []
    if arguments.json:
        output.data(json.dumps([_plain(each) for each in changes], indent=2) + "\n")
    elif changes:
        output.data("".join(f"{row}\n" for row in _rows(changes, output.width())))
    if entry is None:
        output.remark("The database does not know this text yet.")
    elif not changes:
        output.remark("There is no record of what was done to it.")
    return Exit.FINE


def _plain(change: Entry) -> dict[str, object]:
    return {
        "id": change.id,
        "number": change.seq,
        "at": change.at,
        "annotator": change.annotator or None,
        "way": change.way,
        "of": change.of or None,
        "did": change.did,
    }


def _rows(changes: list[Entry], terminal: int | None) -> list[str]:
    names = [safe(each.annotator) for each in changes]
    widest = max(map(width, names))
    rows = []
    for name, change in zip(names, changes, strict=True):
        when = safe(change.at[:19].replace("T", " "))
        row = (
            f"{when}  {name}{' ' * (widest - width(name))}  {safe(worded(change.did, change.way))}"
        )
        rows.append(row if terminal is None else cut(row, terminal))
    return rows
