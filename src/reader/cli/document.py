"""`reader document`: show what is known of a document, or set what a person can say of it."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from datetime import datetime
from typing import Final, get_args

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import done
from reader.errors import Exit, UsageError
from reader.model.document import State
from reader.text.cells import safe, safe_lines
from reader.workspace.library import Found, Library

DESCRIPTION = """Show what a document carries beside its text and marks, or set some of it.

An empty value ('') takes it away again; a title there must be."""
EXAMPLES = (
    "reader document article.txt",
    "reader document article.txt --author 'Ines Varga' --published 2024-05-17",
    "reader document article.txt --url https://example.org/depot --state done",
    "reader document article.txt --note ''",
)

_SETTABLE: Final = ("title", "url", "author", "published", "state", "note")
_NONE_WHEN_EMPTY: Final = ("url", "author", "published")

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_TIME: Final = r"T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
_PUBLISHED: Final = re.compile(rf"\d{{4}}(-\d\d(-\d\d({_TIME})?)?)?", re.ASCII)


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    parser.add_argument("--title", metavar="T", type=_title, help="what it is called here")
    parser.add_argument("--url", metavar="U", type=_url, help="where it was found")
    parser.add_argument("--author", metavar="A", type=options.words, help="who wrote the text")
    parser.add_argument(
        "--published", metavar="P", type=_published, help="when: a year, month, day or time"
    )
    parser.add_argument(
        "--state",
        metavar="S",
        choices=get_args(State),
        help=f"one of: {', '.join(get_args(State))}",
    )
    parser.add_argument("--note", metavar="N", type=options.words, help="a remark kept with it")
    parser.add_argument("--json", action="store_true", help="show it as an object, for scripts")
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    given = {name: vars(arguments)[name] for name in _SETTABLE}
    fields = {
        name: None if name in _NONE_WHEN_EMPTY and value == "" else value
        for name, value in given.items()
        if value is not None
    }
    if not fields:
        return _show(arguments)
    if arguments.json:
        raise UsageError(
            "--json shows a document, and the other options change it",
            remedy="Change it first, and show it then.",
        )
    with database.session(arguments) as session:
        change = session.set_document(fields)
    output.remark(done(change) if change is not None else "It says so already.")
    return Exit.FINE


def _show(arguments: Namespace) -> int:
    library = database.reading(arguments)
    found = library.find(arguments.file, arguments.encoding)
    for notice in found.notices:
        output.remark(notice)
    if found.entry is None:
        output.remark("The database does not know this text yet.")
    fields = _fields(library, found)
    if arguments.json:
        output.data(json.dumps(fields, indent=2) + "\n")
    else:
        output.lines(_table(fields))
    return Exit.FINE


def _fields(library: Library, found: Found) -> dict[str, object]:
    """What is shown, by name. A text that the database does not know has no id and no times."""
    document = found.document
    known = found.entry is not None
    return {
        "id": document.id if known else None,
        **{name: getattr(document, name) for name in _SETTABLE},
        "length": document.length,
        "encoding": document.encoding,
        "newline": document.newline,
        "created": document.created if known else None,
        "updated": document.updated if known else None,
        "opened": document.opened,
        "paths": [str(path) for path in library.paths_of(document)],
    }


def _table(fields: Mapping[str, object]) -> str:
    """One field a line; further lines of its value, and further paths, below the first."""
    widest = max(map(len, fields))
    rows = []
    for name, value in fields.items():
        if isinstance(value, list):
            lines = [safe(each) for each in value]
        else:
            lines = safe_lines("" if value is None else str(value)).split("\n")
        heads = [name, *[""] * (len(lines) - 1)]
        rows += [
            f"{head:<{widest}}  {line}".rstrip() for head, line in zip(heads, lines, strict=True)
        ]
    return "\n".join(rows)


# Values ---------------------------------------------------------------------------------------


def _title(value: str) -> str:
    if not value.strip():
        raise ArgumentTypeError("a title cannot be empty")
    return options.words(value)


def _url(value: str) -> str:
    if value and not (_URL.fullmatch(value) and value.isprintable()):
        raise ArgumentTypeError(f"'{value}' is no URL: write it whole, as https://example.org/a")
    return options.words(value)


def _published(value: str) -> str:
    if value and not _is_date(value):
        raise ArgumentTypeError(
            f"'{value}' is no date: write 2024, 2024-05, 2024-05-17 or 2024-05-17T09:30:00Z"
        )
    return value


def _is_date(value: str) -> bool:
    if not _PUBLISHED.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value + "0000-01-01"[len(value) :])  # the first day of it
    except ValueError:
        return False
    return True
