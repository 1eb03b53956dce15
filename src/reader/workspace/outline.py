"""The tagging pane's rows: marks by kind, repeats counted, claims with their sources below them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reader.model.annotation import Annotation
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION
from reader.model.scheme import Scheme
from reader.workspace.targets import lacks_source


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `ids` are the annotations it stands for, in reading order; a heading has none."""

    role: Literal["heading", "mark", "source", "hint", "settled"]
    kind: str
    text: str
    label: str | None = None
    ids: tuple[str, ...] = ()
    count: int = 1
    noted: bool = False
    link: str = ""
    """The id of the link that a source's row stands for."""


def outline(layers: Layers, scheme: Scheme) -> list[Row]:
    """All rows, top to bottom: the scheme's kinds first, then any others that were imported."""
    by_kind: dict[str, list[Annotation]] = {kind.name: [] for kind in scheme.kinds}
    for annotation in layers.annotations:
        by_kind.setdefault(annotation.kind, []).append(annotation)
    plurals = {kind.name: kind.plural for kind in scheme.kinds}
    rows: list[Row] = []
    for kind, marks in by_kind.items():
        if marks:
            rows.append(Row("heading", kind, plurals.get(kind, kind), count=len(marks)))
            rows.extend(
                _claims(layers, scheme, marks) if kind == "claim" else _grouped(scheme, marks)
            )
    return rows


def _grouped(scheme: Scheme, annotations: list[Annotation]) -> Iterator[Row]:
    """The same words with the same label are one row with a count."""
    groups: dict[tuple[str | None, str], list[Annotation]] = {}
    for each in annotations:
        groups.setdefault((each.label, each.words), []).append(each)
    for (label, words), group in groups.items():
        ids = tuple(each.id for each in group)
        noted = any(each.note for each in group)
        kind = group[0].kind
        yield Row("mark", kind, words, scheme.short(kind, label), ids, len(group), noted)


def _claims(layers: Layers, scheme: Scheme, claims: list[Annotation]) -> Iterator[Row]:
    for claim in claims:
        label = scheme.short("claim", claim.label)
        yield Row("mark", "claim", claim.words, label, (claim.id,), noted=bool(claim.note))
        links = layers.links_from(claim.id, ATTRIBUTION)
        for link in links:
            source = layers.get(link.to_id)
            yield Row("source", "source", source.words, source.label, (source.id,), link=link.id)
        if claim.unattributed:
            yield Row("settled", "claim", "no source named", ids=(claim.id,))
        elif not links:
            yield Row("hint", "claim", "source?", ids=(claim.id,))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is."""

    marks: int
    open_claims: int


def progress(layers: Layers) -> Progress:
    """How many marks there are, and how many claims still want a source."""
    annotations = layers.annotations
    wanting = sum(each.kind == "claim" and lacks_source(layers, each) for each in annotations)
    return Progress(len(annotations), wanting)
