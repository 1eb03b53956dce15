"""`reader import`: take in what `reader export` or another tool wrote."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import counted
from reader.errors import Exit, InputError
from reader.formats.codec import Options
from reader.formats.registry import NAMES
from reader.formats.report import MOST, Report
from reader.formats.units import UNITS
from reader.workspace.importing import Imported, Importer, files_in

DESCRIPTION = """Take in marks that 'reader export' or another tool wrote: all of a document, or
nothing of it. A folder is taken in with all files below it that are in a known format.

The format is found by a file's name and beginning, and the text by its name: article.txt beside
article.ann. What is there already is left as it is: to import twice adds nothing twice. Marks of
nobody are those of the annotator who imports them."""
EXAMPLES = (
    "reader import articles.json",
    "reader import marks.csv --document article.txt --annotator anna",
    "reader import corpus/",
)


def declare(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar="ANN", nargs="+", help="a file that another tool wrote, or a folder"
    )
    parser.add_argument(
        "--document", metavar="TEXT", help="the text's file, if it is not found beside them"
    )
    parser.add_argument(
        "--format",
        metavar="NAME",
        help=f"one of: {', '.join(NAMES)} (otherwise it is found by the file)",
    )
    parser.add_argument(
        "--units", choices=UNITS, help="what positions count, if not what the format's users expect"
    )
    parser.add_argument(
        "--kind", metavar="KIND", help="the kind of all marks, if the file has but their labels"
    )
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    library = database.writing(arguments)
    importer = Importer(
        library,
        format_name=arguments.format,
        text_path=Path(arguments.document) if arguments.document is not None else None,
        options=Options(units=arguments.units, kind=arguments.kind),
    )
    given = [Path(name) for name in arguments.files]
    if any(path.is_dir() for path in given) or len(given) > 1:
        return _several(importer, given, arguments.format)
    (path,) = given
    taken = _take(importer, path)
    for each in taken:
        output.remark(_sentence(each))
    if not taken:
        output.remark(f"{path} holds no documents.")
    return Exit.FINE


def _several(importer: Importer, given: Sequence[Path], format_name: str | None) -> int:
    """Take in many files. One that cannot be taken in keeps no other out."""
    named = {path for path in given if not path.is_dir()}
    paths = [
        path
        for each in given
        for path in (files_in(each, format_name) if each.is_dir() else (each,))
    ]
    taken: list[Imported] = []
    passed: list[Path] = []
    wrong = whole = 0
    for path in output.progress(paths, "Importing", len(paths)):
        try:
            if path not in named and importer.codec_of(path) is None:
                passed.append(path)
                continue
            made = _take(importer, path)
        except InputError as error:
            wrong += 1
            if wrong <= MOST:
                output.remark(f"reader: {error}")
            continue
        whole += 1
        taken += made
        if len(paths) <= MOST:
            for each in made:
                output.remark(_sentence(each))
    output.remark(_summary(taken, whole, len(paths) - len(passed)))
    unread = [path for path in passed if path not in importer.texts]
    if unread:
        counts = Counter(path.suffix or "without an ending" for path in unread)
        endings = ", ".join(f"{name} ({number})" for name, number in sorted(counts.items()))
        output.remark(f"Not looked into, being in no format that can be imported: {endings}.")
    if wrong:
        output.remark(f"{counted(wrong, 'file')} could not be taken in.")
    return Exit.INPUT if wrong else Exit.FINE


def _take(importer: Importer, path: Path) -> list[Imported]:
    report = Report()
    try:
        return importer.take(path, report)
    finally:
        for said in report.remarks:
            output.remark(said)
        if report:
            output.remark(f"{path}: left out: {report}.")


def _summary(taken: Sequence[Imported], files: int, of: int) -> str:
    marks = counted(sum(each.annotations for each in taken), "mark")
    links = counted(sum(each.links for each in taken), "link")
    known = sum(each.known for each in taken)
    documents = counted(len({each.document.id for each in taken}), "document")
    said = f"Took in {files} of {counted(of, 'file')}: {marks} and {links} on {documents}"
    return f"{said}, {known} known already." if known else f"{said}."


def _sentence(taken: Imported) -> str:
    marks, links = counted(taken.annotations, "mark"), counted(taken.links, "link")
    known = f", {taken.known} known already" if taken.known else ""
    said = f"{taken.document.title}: took in {marks} and {links}{known}."
    if taken.revived:
        said += f" {taken.revived} of them had been deleted here, and are back."
    if taken.differing:
        said += f" {taken.differing} of the known say something else here, and were left so."
    if taken.kept:
        said += f" Its {', '.join(taken.kept)} is another here, and was left as it is."
    return said
