"""From documents to the files that leave."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import InputError, StoreError, UsageError
from reader.formats.codec import Codec, Content, Files, Options, check_options
from reader.formats.identity import document_id
from reader.formats.registry import codec
from reader.formats.report import Report
from reader.model.document import Document
from reader.storage.files import store_error, write_atomically
from reader.storage.layout import COMMON
from reader.storage.repository import Entry
from reader.workspace.library import Found, Library

if TYPE_CHECKING:
    from reader.workspace.session import Session


_ELSEWHERE: Final = "Name another file with --output."


class Exported(Struct, frozen=True):
    """What leaves, and what could not come along."""

    codec: Codec
    items: tuple[tuple[str, Files], ...]
    """A document's title and its files, for each; all documents in one file have no title."""
    shared: Mapping[str, bytes]
    """Files for all of them, by name."""
    report: Report
    texts: frozenset[Path] = frozenset()
    """Where the texts lie."""

    @property
    def only(self) -> bytes | None:
        """The file that comes out, if it is a single one."""
        if len(self.items) == 1 and not self.shared and not self.items[0][1].beside:
            return self.items[0][1].main
        return None


def export(
    library: Library,
    found: Iterable[Found],
    format_name: str,
    *,
    options: Options | None = None,
    annotator: str | None = None,
) -> Exported:
    """The documents in a format. They are looked at one after the other, as `found` gives them.

    `annotator` keeps one person's marks, and those links whose ends are all among them. Raises
    UsageError for an option that the format does not have.
    """
    report = Report()
    texts: set[Path] = set()

    def contents() -> Iterator[Content]:
        for each in found:
            texts.update(library.paths_of(each.document))
            yield _content(library, each, annotator, report)

    exported = _exported(contents(), format_name, options or Options(), report)
    return replace(exported, texts=frozenset(texts))


def export_open(session: Session, format_name: str) -> Exported:
    """A document that is open in a format, as it is now: with what is in memory only, too."""
    layers = session.layers
    annotations, links = tuple(layers.annotations), tuple(layers.links)
    content = Content(layers.document, str(session.text), annotations, links)
    return _exported([content], format_name, Options(), Report())


def _exported(
    given: Iterable[Content], format_name: str, chosen: Options, report: Report
) -> Exported:
    made = codec(format_name)
    if not made.writes:
        raise UsageError(f"{format_name} can be imported, not exported")
    check_options(made, chosen)
    contents: list[Content] = []
    items: list[tuple[str, Files]] = []
    for content in given:
        contents.append(content)
        if made.per_document:
            files = made.encode([content], chosen, report)
            items.append((content.document.title, files))
    if not made.per_document:
        items.append(("", made.encode(contents, chosen, report)))
    return Exported(made, tuple(items), made.shared(contents, chosen), report)


def everything(library: Library, entries: Iterable[Entry]) -> Iterator[Found]:
    """Documents of the database with their texts. One without marks may have no text any more:
    that is told in the library's remarks."""
    for entry in entries:
        sha256 = entry.document.sha256
        if library.repository.texts.has(sha256):
            yield Found(library.repository.texts.read(sha256), entry.document, entry)
            continue
        try:
            yield library.find(entry.document.id)
        except InputError as error:
            library.remarks.append(str(error))


def _content(library: Library, found: Found, annotator: str | None, report: Report) -> Content:
    layers = library.layers(found)
    document = layers.document
    if found.entry is None:
        # not in the database: an id that is the same each time
        document = replace(document, id=document_id(document.sha256))
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
    return Content(document, str(found.text), tuple(annotations), tuple(links))


def here() -> Path:
    """The folder one is in; the home, where somebody has deleted that."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def rescue_place(document: Document) -> Path:
    """A free name for a file with what cannot be saved, in the first folder that can be written."""
    slug = "".join(char if char.isalnum() else "-" for char in document.title)[:40] or "text"
    folders = (Path.home(), here(), Path(gettempdir()))
    folder = next((each for each in folders if os.access(each, os.W_OK)), folders[-1])
    names = chain([f"{slug}.unsaved.json"], (f"{slug}.unsaved-{at}.json" for at in count(2)))
    return next(folder / name for name in names if not (folder / name).exists())


def rescue(session: Session, output: Path) -> None:
    """Write all that is in memory of a document to a file that 'reader import' takes in: for when
    the database cannot be written. Raises InputError, StoreError.

    Where the text is another by now, and no copy was kept, it is left out: an import needs it.
    """
    layers = session.layers
    later = Counter(each.record.id for change in session.unsaved for each in change.edits)
    # counted on as saving would, so that an import knows them for the later version
    marks = tuple(replace(each, rev=each.rev + later[each.id]) for each in layers.annotations)
    ties = tuple(replace(each, rev=each.rev + later[each.id]) for each in layers.links)
    content = Content(layers.document, session.exact_text, marks, ties)
    save(codec("json").encode([content], Options(), Report()).main, output, force=False)
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
        raise not_saved(f"{output} was not saved", error) from error
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(data)  # a pipe or a device: there is nothing to put in its place
            return
        write_atomically(output, data, COMMON)
    except OSError as error:
        raise not_saved(f"{output} was not saved", error) from error
    except StoreError as error:
        raise StoreError(error.title, error.cause, _ELSEWHERE) from error


def not_saved(title: str, error: OSError) -> StoreError:
    """The error for an export that the system refuses to write."""
    failed = store_error(title, error)
    return StoreError(failed.title, failed.cause, _ELSEWHERE)
