"""What a row of the tagging pane's outline says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final, Literal

from msgspec import Struct

from reader.model.annotation import Annotation
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION
from reader.model.scheme import Scheme

_LOOKED_AT: Final = 1000
"""Of so many repeats the notes are looked at, to tell that there are any."""


class Row(Struct, frozen=True):
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
    uncertain: str = ""
    """How the place of the mark was found again, where that is not certain."""
    claims: int = 0
    """How many claims a source's marks have."""


def row_of(marks: Sequence[Annotation], layers: Layers, scheme: Scheme) -> Row:
    """The row of a mark, or of all marks of the same words and label."""
    # the group keeps what it was grouped by; all else is as the layers have it now
    first = marks[0]
    noted = any(each.note for each in islice(marks, _LOOKED_AT))
    anchors = {each.anchor for each in islice(marks, _LOOKED_AT)} - {"same"}
    return Row(
        "mark",
        first.kind,
        first.words,
        scheme.short(first.kind, first.label),
        tuple(each.id for each in marks),
        len(marks),
        noted,
        uncertain=next(iter(sorted(anchors)), ""),
        claims=sum(
            len(layers.links_to(each.id, ATTRIBUTION))
            for each in islice(marks, _LOOKED_AT if first.kind == "source" else 0)
        ),
    )


def row_below(claim: Annotation, number: int, layers: Layers) -> Row:
    """The row so many below a claim's own: a source of it, or that it has none."""
    links = layers.links_from(claim.id, ATTRIBUTION)
    if number < len(links):
        link = links[number]
        source = layers.get(link.to_id)
        return Row("source", "source", source.words, source.label, (source.id,), link=link.id)
    if claim.unattributed:
        return Row("settled", "claim", "no source named", ids=(claim.id,))
    return Row("hint", "claim", "source?", ids=(claim.id,))
