"""`reader search`: find words in all that was marked and noted."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reader.cli import database, output
from reader.cli import parser as options
from reader.errors import Exit
from reader.model.annotation import Annotation
from reader.model.link import Link
from reader.text.cells import cut, safe, width

if TYPE_CHECKING:
    from reader.workspace.searching import Hit

DESCRIPTION = """Find words in all documents: in the words that are marked, in notes, labels and
attributes, and in the titles of documents.

Capitals do not matter, nor do line ends. What is not marked is not looked
through. On a terminal long lines are cut; a pipe and --json get them whole."""
EXAMPLES = (
    "reader search 'ines varga'",
    "reader search warned --kind claim",
    "reader search port --json",
)

_TITLE: Final = 24
"""How many cells of a title a terminal shows at most."""


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", type=options.words, help="the words to look for")
    parser.add_argument("--kind", metavar="KIND", help="only in marks of this kind")
    parser.add_argument("--json", action="store_true", help="a list of objects, for scripts")


def run(arguments: Namespace) -> int:
    from reader.storage.catalog import Damaged
    from reader.workspace.searching import search

    library = database.reading(arguments)
    hits: list[Hit] = []
    damaged = []
    for each in search(library, arguments.text, arguments.kind):
        if isinstance(each, Damaged):
            damaged.append(each)
        else:
            hits.append(each)
    if arguments.json:
        output.data(json.dumps([_plain(each) for each in hits], indent=2) + "\n")
    elif hits:
        output.data("".join(f"{row}\n" for row in _rows(hits, output.width())))
    elif not damaged:
        where = f"{arguments.kind} marks" if arguments.kind else "what was marked and noted"
        output.remark(f"'{arguments.text}' is nowhere in {where}.")
    for remark in library.remarks:
        output.remark(remark)
    for file in damaged:
        output.remark(f"reader: {file.error}")
    return Exit.STORE if damaged else Exit.FINE


def _plain(hit: Hit) -> dict[str, object]:
    mark = hit.mark
    return {
        "document": hit.document.id,
        "title": hit.document.title,
        "annotation": mark and mark.id,
        "link": hit.record.id if isinstance(hit.record, Link) else None,
        "kind": mark and mark.kind,
        "label": mark and mark.label,
        "fragments": mark and mark.fragments,
        "quote": mark and mark.quote,
        "note": hit.record.note,
        "annotator": hit.record.annotator if isinstance(hit.record, Annotation | Link) else None,
        "in": hit.fields,
    }


def _rows(hits: Sequence[Hit], terminal: int | None) -> Iterator[str]:
    """A line for each: the title, the place, what it is, its words, its note."""
    titles = [safe(each.document.title) for each in hits]
    if terminal is not None:
        titles = [cut(each, _TITLE) for each in titles]
    columns = [titles, [_place(each) for each in hits], [_name(each) for each in hits]]
    widest = [max(map(width, column)) for column in columns]
    for hit, *cells in zip(hits, *columns, strict=True):
        padded = (
            cell + " " * (most - width(cell)) for cell, most in zip(cells, widest, strict=True)
        )
        row = "  ".join((*padded, *_words(hit))).rstrip()
        yield row if terminal is None else cut(row, terminal)


def _place(hit: Hit) -> str:
    if hit.mark is None:
        return ""
    start, end = hit.mark.fragments[0]
    return f"{start}:{end}"


def _name(hit: Hit) -> str:
    match hit.record:
        case Annotation(kind=kind, label=label):
            return safe(kind if label is None else f"{kind}/{label}")
        case Link(type=kind):
            return safe(kind)
    return "document"


def _words(hit: Hit) -> Iterator[str]:
    """The words that are marked, the note, and any other value with the words looked for."""
    if hit.mark is not None:
        yield safe(f"“{hit.mark.words}”")
    if hit.record.note:
        yield safe(" ".join(hit.record.note.split()))
    if "attributes" in hit.fields:
        yield safe(json.dumps(dict(hit.record.attributes), ensure_ascii=False))
