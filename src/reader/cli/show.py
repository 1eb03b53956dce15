"""`reader show`: print a text with its marks."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.marked import Piece, crossing, pieces, rows, wrapped
from reader.cli.told import nothing_by
from reader.errors import Exit
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION
from reader.model.scheme import DEFAULT, Look
from reader.text.cells import safe
from reader.workspace.edits import shown

DESCRIPTION = """Print a text with its marks.

On a terminal they are drawn, with a list of the claims and their sources.
In a pipe they stand in brackets, such as [person: Ines Varga] and
[claim <- Ines Varga: We had warned them twice]. A mark in several parts, or
one that overlaps another, has a number: [claim#1: We had] [claim#1: twice]."""
EXAMPLES = (
    "reader show article.txt",
    "reader show article.txt --annotator anna",
    "reader show article.txt | less",
)

_MEASURE: Final = 90
"""No line is longer on a terminal, however wide that is."""

_STYLES: Final[dict[Look, str]] = {
    "wash": "#23282e on #fae29a",  # ink and tint: to be read on a dark and on a light screen
    "underline": "underline",
    "bold": "bold",
    "italic": "italic",
}
_LOOKS: Final[dict[str, Look]] = {kind.name: kind.look for kind in DEFAULT.kinds}


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    parser.add_argument("--annotator", metavar="NAME", help="show only the marks of this person")


def run(arguments: Namespace) -> int:
    library = database.reading(arguments)
    found = library.find(arguments.file, arguments.encoding)
    for notice in found.notices:
        output.remark(notice)
    text = str(found.text)
    if not text:
        output.remark(f"{found.document.title} is empty: there is nothing to mark.")
        return Exit.FINE
    layers = _layers_of(library.layers(found), arguments.annotator)
    for remark in library.remarks:
        output.remark(remark)
    width = output.width()
    if output.has_colours():
        output.styled(_picture(text, layers, min(width or _MEASURE, _MEASURE)))
        return Exit.FINE
    stream = _bracketed(text, layers)
    lines = rows(stream)
    if width is not None:
        lines = (row for line in lines for row in wrapped(line, min(width, _MEASURE)))
    output.data("".join("".join(piece.text for piece in row) + "\n" for row in lines))
    return Exit.FINE


def _layers_of(layers: Layers, annotator: str | None) -> Layers:
    """What one annotator made of it; everything when none is named."""
    if annotator is None:
        return layers
    mine = [each for each in layers.annotations if each.annotator == annotator]
    if not mine:
        output.remark(nothing_by(annotator, layers.annotations))
    ids = {each.id for each in mine}
    links = [
        each
        for each in layers.links
        if each.annotator == annotator and each.from_id in ids and each.to_id in ids
    ]
    return Layers(layers.document, mine, links)


def _sources(layers: Layers, annotation: Annotation) -> str:
    """Whom a mark is attributed to, in words; nothing when that is not said."""
    targets = [layers.get(each.to_id) for each in layers.links_from(annotation.id, ATTRIBUTION)]
    if targets:
        return "; ".join(shown(each) for each in targets)
    return "no source" if annotation.unattributed else ""


# In brackets ------------------------------------------------------------------------------------


def _bracketed(text: str, layers: Layers) -> Iterator[Piece]:
    annotations = layers.annotations
    crossed = crossing(annotations)
    numbered = [each.id for each in annotations if each.id in crossed or len(each.fragments) > 1]
    numbers = {each: f"#{at}" for at, each in enumerate(numbered, start=1)}

    def opening(annotation: Annotation, fragment: Fragment) -> str:
        sources = _sources(layers, annotation) if fragment == annotation.fragments[0] else ""
        source = f" <- {sources}" if sources else ""
        return safe(f"[{_name(annotation)}{numbers.get(annotation.id, '')}{source}: ")

    def closing(annotation: Annotation, fragment: Fragment) -> str:
        return f"]{numbers[annotation.id]}" if annotation.id in crossed else "]"

    return pieces(text, annotations, opening, closing)


def _name(annotation: Annotation) -> str:
    """What a mark is called: an entity by its label, everything else by kind and label."""
    asks = any(kind.name == annotation.kind and kind.asks for kind in DEFAULT.kinds)
    if annotation.label is None:
        return annotation.kind
    return annotation.label if asks else f"{annotation.kind}/{annotation.label}"


# In colours -------------------------------------------------------------------------------------


def _picture(text: str, layers: Layers, width: int) -> Iterator[Sequence[output.Styled]]:
    """The article, then its claims with their sources, then what each look means."""
    claims = [each for each in layers.annotations if each.kind == "claim"]
    numbers = {each.id: at for at, each in enumerate(claims, start=1)}

    def opening(annotation: Annotation, fragment: Fragment) -> str:
        return f"{numbers[annotation.id]}▸" if annotation.id in numbers else ""

    def closing(annotation: Annotation, fragment: Fragment) -> str:
        return ""

    for line in rows(pieces(text, layers.annotations, opening, closing)):
        for row in wrapped(line, width):
            yield [(piece.text, _style(piece.kinds)) for piece in row]
    if claims:
        yield []
    for claim in claims:
        source = _sources(layers, claim) or "source not marked yet"
        entry = safe(f"{numbers[claim.id]}▸ {source}: “{shown(claim, 200)}”")
        for row in wrapped([Piece(entry)], width):
            yield [(piece.text, "") for piece in row]
    if len(layers):
        yield []
        yield _legend(layers)


def _style(kinds: Sequence[str]) -> str:
    return " ".join({_STYLES[_LOOKS.get(kind, "underline")]: None for kind in kinds})


def _legend(layers: Layers) -> list[output.Styled]:
    counts = Counter(each.kind for each in layers.annotations)
    legend: list[output.Styled] = []
    for kind in sorted(counts, key=[*_LOOKS, *counts].index):
        legend.append((safe(kind), _style([kind])))
        legend.append((f" {counts[kind]}  ", ""))
    return legend
