"""From documents to a file that leaves."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from tempfile import gettempdir

from reader.errors import InputError, StoreError
from reader.formats.codec import Content
from reader.formats.registry import codec
from reader.formats.report import Report
from reader.model.document import Document
from reader.storage.files import store_error, write_atomically
from reader.storage.layout import COMMON
from reader.workspace.author import uuid7
from reader.workspace.library import Found, Library
from reader.workspace.session import Session


def export(
    library: Library,
    found: Iterable[Found],
    format_name: str,
    *,
    annotator: str | None = None,
    with_text: bool = True,
) -> tuple[bytes, Report]:
    """The documents in a format, and what could not come along.

    `annotator` keeps one person's marks, and those links whose ends are all among them.
    """
    report = Report()
    contents = [_content(library, each, annotator, with_text, report) for each in found]
    return codec(format_name).encode(contents, report), report


def _content(
    library: Library, found: Found, annotator: str | None, with_text: bool, report: Report
) -> Content:
    layers = library.layers(found)
    document = layers.document
    if found.entry is None:
        # not in the database: an id that is the same each time, from no time at all
        document = replace(document, id=uuid7(0, int(document.sha256, 16) >> 182))
    annotations, links = layers.annotations, layers.links
    if annotator is not None:
        annotations = [each for each in annotations if each.annotator == annotator]
        ids = {each.id for each in annotations}
        mine = [each for each in links if each.annotator == annotator]
        links = [each for each in mine if each.from_id in ids and each.to_id in ids]
        if len(mine) > len(links):
            report.lose("links to marks of other annotators", len(mine) - len(links))
        foreign_cues = [each for each in links if each.via_id and each.via_id not in ids]
        if foreign_cues:
            report.lose("cues by other annotators, left out of their links", len(foreign_cues))
            gone = {each.id for each in foreign_cues}
            links = [replace(each, via_id=None) if each.id in gone else each for each in links]
    text = str(found.text) if with_text else None
    return Content(document, text, tuple(annotations), tuple(links))


def rescue_place(document: Document) -> Path:
    """A free name for a file with what cannot be saved, in the first folder that can be written."""
    slug = "".join(char if char.isalnum() else "-" for char in document.title)[:40] or "text"
    folders = (Path.home(), Path.cwd(), Path(gettempdir()))
    folder = next((each for each in folders if os.access(each, os.W_OK)), folders[-1])
    names = chain([f"{slug}.unsaved.json"], (f"{slug}.unsaved-{at}.json" for at in count(2)))
    return next(folder / name for name in names if not (folder / name).exists())


def rescue(session: Session, output: Path) -> None:
    """Write all that is in memory of a document to a file that 'reader import' takes in: for when
    the database cannot be written. Raises InputError, StoreError."""
    layers = session.layers
    later = Counter(each.record.id for change in session.unsaved for each in change.edits)
    # counted on as saving would, so that an import knows them for the later version
    marks = tuple(replace(each, rev=each.rev + later[each.id]) for each in layers.annotations)
    ties = tuple(replace(each, rev=each.rev + later[each.id]) for each in layers.links)
    content = Content(layers.document, str(session.text), marks, ties)
    save(codec("json").encode([content], Report()), output, force=False)
    session.rescued, session.rescued_to = session.waiting, output


def save(data: bytes, output: Path, *, force: bool) -> None:
    """Write an export where the person wants it: whole, or not at all."""
    try:
        if output.is_dir():
            raise InputError(f"{output} is a folder", remedy="Name a file in it.")
        if output.is_file() and not force:
            raise InputError(
                f"{output} exists already",
                "it was left as it is",
                "Name another file, or say --force to replace it.",
            )
        if not output.parent.is_dir():
            raise InputError(f"There is no folder {output.parent}", remedy="Make it first.")
    except OSError as error:
        raise store_error(f"{output} was not saved", error) from error
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(data)  # a pipe or a device: there is nothing to put in its place
            return
        write_atomically(output, data, COMMON)
    except OSError as error:
        raise store_error(f"{output} was not saved", error) from error
    except StoreError as error:
        raise StoreError(error.title, error.cause, "Name another file with --output.") from error
