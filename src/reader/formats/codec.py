"""What every format is: a name, what it carries, and functions from and to bytes.

A new format is a class that extends `Codec`, in a file of its own, and a line in `registry.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from reader.anchoring.verify import misplaced
from reader.errors import InputError, UsageError
from reader.formats.report import Report
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link

if TYPE_CHECKING:
    from reader.formats.source import Source
    from reader.formats.units import Unit


class Content(Struct, frozen=True):
    """A document as it leaves or enters: its marks in reading order. `text` None: left out.

    In a content that comes from another tool's file, a record's id may be any name that is unique
    in that file (`T1`); an annotator, a time or an origin that the file does not say is empty.
    `identity.py` fills them in.
    """

    document: Document
    text: str | None
    annotations: tuple[Annotation, ...]
    links: tuple[Link, ...]

    @property
    def words(self) -> str:
        """The text, for a codec that writes: it always has one."""
        assert self.text is not None
        return self.text


class Options(Struct, frozen=True):
    """What a person may choose of a format. None: what the format does of itself."""

    units: Unit | None = None
    """What positions count; see `units.py`."""
    style: str | None = None
    tags: str | None = None
    kind: str | None = None
    """The one kind of marks to write."""
    text: bool | None = None
    """False: the texts themselves are left out."""


class Files(Struct, frozen=True):
    """What a format makes of a document, or of all of them."""

    main: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """More files, by what stands for the main one's extension: `{".typesystem.xml": …}` stands as
    `x.typesystem.xml` beside `x.xmi`."""


class Codec(Protocol):
    """One format. Deterministic: the same contents give the same bytes.

    Codecs extend this class, and override what is not so with them.
    """

    name: str
    """As in `--format NAME`, and what `foreign` and `origin` know it by."""
    summary: str
    """What it is, in a few words without a full stop."""
    extensions: tuple[str, ...]
    """What its main files end in (".ann"), the one that is written first."""
    unit: Unit | None = None
    """What its positions count if nothing else is asked for; None: it has no positions."""
    carries: tuple[str, ...] = ()
    """Short phrases: "split spans", "notes"."""
    loses: tuple[str, ...] = ()
    """Short phrases in the plural. Each loss told to the report is called by one of these."""
    options: Mapping[str, tuple[str, ...]] = {}
    """The fields of `Options` that it understands, each with the values it may have; () is any."""
    reads: bool = False
    writes: bool = True
    per_document: bool = False
    """One file for each document: `encode` is called with one content at a time."""
    exact: bool = False
    """Records come back just as they were, in every field: two that differ contradict."""

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        """The files. What the format cannot carry is told to the report."""
        raise NotImplementedError

    def shared(self, contents: Sequence[Content], options: Options) -> Mapping[str, bytes]:
        """Files for the folder as a whole, by name (brat's `annotation.conf`): made once, from
        all that is exported."""
        return {}

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        """The contents of a file: at most one for each text. What is not understood is kept in
        `foreign`, what cannot be kept is told to the report by its line.

        Raises InputError that names file and line (`Source.at`, `Source.wrong`).
        """
        raise NotImplementedError

    def looks_like(self, name: str, head: bytes) -> bool:
        """Whether a file of that name (its extension is one of ours), that begins with these bytes
        (up to 64 KB of it), is in this format."""
        return self.reads


def check_options(codec: Codec, options: Options) -> None:
    """Raise UsageError when an option was given that the format does not have, or a value that it
    cannot have."""
    for name in Options.__struct_fields__:
        value = getattr(options, name)
        if value is None:
            continue
        if name not in codec.options:
            shown = "--no-text" if name == "text" else f"--{name}"
            ours = ", ".join(_shown(each, codec.options[each]) for each in codec.options)
            remedy = f"It has: {ours}." if ours else "It has none."
            raise UsageError(f"{codec.name} has no option {shown}", remedy=remedy)
        values = codec.options[name]
        if values and value not in values:
            raise UsageError(
                f"--{name} cannot be '{value}' for {codec.name}",
                remedy=f"It is one of: {', '.join(values)}.",
            )


def _shown(name: str, values: tuple[str, ...]) -> str:
    if name == "text":
        return "--no-text"
    return f"--{name} {'|'.join(values) or name.upper()}"


def option_names(codec: Codec) -> tuple[str, ...]:
    """The options as they are written on a command line: "--tags iob2|bioes"."""
    return tuple(_shown(name, values) for name, values in codec.options.items())


def check_places(
    content: Content, text: str, where: str, place_of: Callable[[int], str] | None = None
) -> None:
    """Raise InputError unless every quotation stands in the text where its fragments say.

    `where` names file and document, `place_of` file and line of the mark with that number."""
    if len(text) != content.document.length:
        raise unusable(where, f"its text has {len(text)} characters, not {content.document.length}")
    for at, annotation in enumerate(content.annotations):
        wrong = misplaced(annotation, text)
        if wrong:
            place = place_of(at) if place_of is not None else where
            raise unusable(place, f"annotation {annotation.id}: {wrong}")


def unusable(where: str, what: str) -> InputError:
    """The error for a document that cannot be taken in; `where` names file and document."""
    return InputError(f"{where} cannot be imported", what, "Nothing of it was imported.")
