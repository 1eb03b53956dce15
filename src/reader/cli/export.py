"""`reader export`: write texts and marks as files for others; say what could not come along."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import nothing_by
from reader.errors import Exit, LossError, ReaderError, UsageError
from reader.formats.codec import Options
from reader.formats.registry import NAMES
from reader.formats.units import UNITS
from reader.model.annotation import Annotation
from reader.workspace.exporting import Exported, everything, export
from reader.workspace.library import Found, Library
from reader.workspace.placing import left_alone, place, write

DESCRIPTION = """Write texts and marks as files for others: to stdout, or with --output to a file.

What the format cannot carry is said on stderr. The same data gives the same bytes.
A format with a file for each document writes them into the folder that --output names."""
EXAMPLES = (
    "reader export article.txt > article.json",
    "reader export article.txt other.txt --format csv --output marks.csv",
    "reader export --all --output everything.json",
    "reader export article.txt --annotator anna --no-text --strict",
)


def declare(parser: ArgumentParser) -> None:
    options.file(parser, several=True, optional=True)
    parser.add_argument("--all", action="store_true", help="every document of the database")
    parser.add_argument(
        "--format",
        metavar="NAME",
        default="json",
        help=f"one of: {', '.join(NAMES)} ('reader formats' tells more)",
    )
    parser.add_argument("--output", metavar="PATH", help="write this file, or into this folder")
    parser.add_argument("--force", action="store_true", help="replace the files if there are any")
    parser.add_argument("--no-text", action="store_true", help="leave the texts themselves out")
    parser.add_argument("--annotator", metavar="NAME", help="only the marks of this person")
    parser.add_argument(
        "--strict", action="store_true", help="write nothing if anything would be lost"
    )
    parser.add_argument(
        "--units", choices=UNITS, help="what positions count, if not what the format's users expect"
    )
    parser.add_argument("--style", metavar="NAME", help="one of the format's own styles")
    parser.add_argument("--tags", metavar="NAME", help="one of the format's own tagging schemes")
    parser.add_argument("--kind", metavar="KIND", help="the kind to write, if it can be only one")


def run(arguments: Namespace) -> int:
    if arguments.output == "":
        raise UsageError("--output names no file", remedy="Name one: --output PATH.")
    if bool(arguments.files) == arguments.all:
        raise UsageError(
            "Name the texts, or say --all" if not arguments.all else "--all means every text",
            remedy="" if not arguments.all else "Leave out the FILEs.",
        )
    library = database.reading(arguments)
    damaged: list[ReaderError] = []
    found, total = _all(library, damaged) if arguments.all else _named(library, arguments)
    seen: list[Found] = []
    if arguments.annotator is not None or arguments.kind is not None:
        found = _noted(found, seen)
    exported = export(
        library,
        output.progress(found, "Exporting", total),
        arguments.format,
        options=_options(arguments),
        annotator=arguments.annotator,
    )
    for remark in library.remarks:
        output.remark(remark)
    report = exported.report
    if report and arguments.strict:
        raise LossError(
            "Nothing was written",
            f"{arguments.format} would lose {report}",
            "Leave out --strict to do without.",
        )
    if damaged and arguments.strict:
        raise damaged[0]
    _write(exported, arguments)
    for said in report.remarks:
        output.remark(said)
    marks = [mark for each in seen for mark in library.layers(each).annotations]
    for said in _mistyped(arguments, marks):
        output.remark(said)
    if report:
        output.remark(f"Lost in {arguments.format}: {report}.")
    for error in damaged:
        output.remark(f"reader: {error}")
    return Exit.STORE if damaged else Exit.FINE


def _mistyped(arguments: Namespace, marks: Sequence[Annotation]) -> Iterator[str]:
    """That an annotator or a kind that was asked for has no marks, and which there are."""
    who, kind = arguments.annotator, arguments.kind
    if who is not None and all(each.annotator != who for each in marks):
        yield nothing_by(who, marks)
    kinds = sorted({each.kind for each in marks})
    if kind is not None and kind not in kinds:
        there = f" The kinds are: {', '.join(kinds)}." if kinds else ""
        yield f"Nothing is marked as {kind} here.{there}"


def _options(arguments: Namespace) -> Options:
    return Options(
        units=arguments.units,
        style=arguments.style,
        tags=arguments.tags,
        kind=arguments.kind,
        text=False if arguments.no_text else None,
    )


def _write(exported: Exported, arguments: Namespace) -> None:
    if not exported.items:
        output.remark("There are no documents: nothing was written.")
    elif arguments.output not in (None, "-"):
        placed = place(exported, arguments.output)
        written = write(placed, force=arguments.force)
        where = str(written[0]) if len(written) == 1 else f"{len(written)} files"
        into = "" if len(written) == 1 else f": {', '.join(map(str, written[:4]))}"
        more = " …" if len(written) > 4 else ""
        output.remark(f"Wrote {where}{into}{more}.")
        for path in left_alone(placed):
            output.remark(
                f"{path} is there already, and says something else: it was left as it is. "
                "--force replaces it."
            )
    elif exported.only is not None:
        output.data(exported.only)
    else:
        codec = exported.codec
        name = f"FILE{codec.extensions[0]}" if len(exported.items) == 1 else "FOLDER"
        raise UsageError(
            f"{codec.name} makes more than one file of this, and stdout is but one",
            remedy=f"Say where they go: --output {name}",
        )


def _noted(found: Iterable[Found], seen: list[Found]) -> Iterator[Found]:
    for each in found:
        seen.append(each)
        yield each


def _all(library: Library, damaged: list[ReaderError]) -> tuple[Iterator[Found], int]:
    """Every document, in an order that does not hang on the names of the database's files."""
    from reader.storage.repository import Entry

    entries = []
    for each in library.repository.entries():
        if isinstance(each, Entry):
            entries.append(each)
        else:
            damaged.append(each.error)
    entries.sort(key=lambda each: (each.document.title, each.document.id))
    return everything(library, entries), len(entries)


def _named(library: Library, arguments: Namespace) -> tuple[Iterator[Found], int]:
    """The documents meant, each once: a text that comes twice could not be imported."""
    documents: dict[str, Found] = {}
    for name in arguments.files:
        found = library.find(name, arguments.encoding)
        for notice in found.notices:
            output.remark(notice)
        if found.document.sha256 in documents:
            output.remark(f"{name} is a text named before: it is exported once.")
        documents.setdefault(found.document.sha256, found)
    return iter(documents.values()), len(documents)
