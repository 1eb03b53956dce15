"""What a key would act on: the object a tag key takes, the current annotation, the near sources."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from reader.model.annotation import Annotation, reading_order
from reader.model.fragment import Fragment, Fragments, covers, extent, touches
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import Kind, LinkType
from reader.text import segment
from reader.workspace.edits import own_mark
from reader.workspace.selection import Selection, said, trimmed

_BESIDE = 12
"""How many code points a cue may lie outside of claim and source: `…,” she said` ends in it."""

_FAR = 200
"""How many code points from its claim a cue may stand at the most: a sentence, not a page."""

NUMBERED = 9
"""How many sources can be picked by a digit."""

_SOME = 2000
"""How many marks either way are looked at, in search of the nearest."""


def natural(text: str, selection: Selection, kind: Kind) -> Fragments:
    """What the kind's key would mark: the selection, widened to the kind's object if it is soft.

    A quotation that is split by its speaker ("A," she said, "B.") is one claim of two fragments.
    """
    if selection.hard or selection.start == selection.end:
        return (selection.fragment,)
    if kind.natural == "statement":
        parts = _split_quotation(text, selection)
        if parts:
            return parts
    span = _object(text, selection, kind)
    widens = span is not None and span[0] <= selection.start and selection.end <= span[1]
    if span is not None and (
        widens or (kind.natural == "statement" and selection.unit != "paragraph")
    ):
        return (Fragment(*span),)
    # a sentence landed on holds more than its words: its last period
    return (Fragment(*trimmed(text, (selection.start, selection.end))),)


def _split_quotation(text: str, selection: Selection) -> Fragments:
    """The parts of a quotation that its speaker splits within the sentence; nothing if not so."""
    sentence = segment.sentence_at(text, selection.start)
    if sentence is None:
        return ()
    parts: list[segment.Quotation] = []
    for each in segment.quotations(text, *sentence):
        nested = parts and each.outer[1] <= parts[-1].outer[1]
        if nested or each.outer[0] < sentence[0]:
            continue
        if parts and text[parts[-1].outer[0] : parts[-1].outer[1]].rstrip("\"'”’»“‘«")[-1:] != ",":
            parts.clear()  # only a quotation that breaks off at a comma goes on
        parts.append(each)
    inside = [each for each in parts if each.outer[0] <= selection.start < each.outer[1]]
    landed = (selection.start, selection.end) == sentence and parts
    if len(parts) < 2 or not (inside or (landed and parts[0].outer[0] == sentence[0])):
        return ()
    return tuple(Fragment(*said(text, each)) for each in parts)


def _object(text: str, selection: Selection, kind: Kind) -> segment.Span | None:
    start = selection.start
    match kind.natural:
        case "name":
            return segment.name_at(text, start) or segment.word_at(text, start)
        case "speaker":
            return segment.name_at(text, start) or segment.noun_run_at(text, start)
        case "report":
            return segment.verb_run_at(text, start)
        case "statement":
            return _statement(text, selection)


def _statement(text: str, selection: Selection) -> segment.Span | None:
    """The quotation one stands in, else the sentence. Of a quotation of several sentences, a
    sentence that was landed on is taken by itself."""
    quotation = segment.quotation_at(text, selection.start)
    sentence = segment.sentence_at(text, selection.start)
    if quotation is None:
        return trimmed(text, sentence) if sentence else None
    span = said(text, quotation)
    if selection.unit != "sentence":
        return span
    return trimmed(text, (max(span[0], selection.start), min(span[1], selection.end)))


def current(layers: Layers, selection: Selection, visited: str | None) -> Annotation | None:
    """The annotation that delete, label, note and attribute act on.

    The one just made or visited, as long as the selection touches it; else the smallest one that
    holds the selection.
    """
    stretch = _at_least_one(selection)
    if visited is not None and visited in layers:
        annotation = layers.get(visited)
        if touches(annotation.fragments, stretch):
            return annotation
    return min(_holding(layers, stretch), key=_by_size, default=None)


def holding(layers: Layers, selection: Selection) -> list[Annotation]:
    """The annotations that hold the whole selection in one fragment, the smallest first."""
    return sorted(_holding(layers, _at_least_one(selection)), key=_by_size)


def _holding(layers: Layers, stretch: Fragment) -> Iterator[Annotation]:
    return (each for fragment, each in layers.fragments_in(*stretch) if fragment.holds(stretch))


def _by_size(annotation: Annotation) -> tuple[object, ...]:
    return annotation.end - annotation.start, reading_order(annotation)


def _at_least_one(selection: Selection) -> Fragment:
    return Fragment(selection.start, max(selection.end, selection.start + 1))


def twin(layers: Layers, kind: str, fragments: Fragments, annotator: str) -> Annotation | None:
    """The annotator's own mark of that kind on exactly these fragments."""
    return own_mark(layers, annotator, kind, fragments)


# Partners ---------------------------------------------------------------------------------------


def partners(layers: Layers, annotation: Annotation) -> list[Annotation]:
    """Whom `a` offers, the nearest first: sources for a claim, those it has among them; for a
    source, the claims without one.

    In PolNeAR the right source is the nearest in 76.9 % of attributions, one of the two nearest
    in 99 %.
    """
    place = extent(annotation.fragments)
    if annotation.kind == "claim":
        return _nearest(layers.of_kind("source"), place)
    if annotation.kind == "source":
        return unsourced_near(layers, place)
    return []


def unsourced_near(layers: Layers, place: Fragment) -> list[Annotation]:
    """The claims without a source, the nearest first."""
    return _nearest(layers.of_kind("claim"), place, layers.lacks_source)


def link_partners(layers: Layers, annotation: Annotation, link_type: LinkType) -> list[Annotation]:
    """What a link of a type can tie an annotation to, whichever end of it that is, the nearest
    first; those it is tied to already among them."""
    return _nearest(
        layers.of_kind(_other_kind(annotation, link_type)),
        extent(annotation.fragments),
        lambda each: each.id != annotation.id,
    )


def all_partners(layers: Layers, annotation: Annotation, link_type: LinkType) -> list[Annotation]:
    """All that a link of a type can tie an annotation to, in reading order."""
    there = layers.of_kind(_other_kind(annotation, link_type))
    return [each for each in there if each.id != annotation.id]


def _other_kind(annotation: Annotation, link_type: LinkType) -> str:
    """The kind at the other end of a link; none when it cannot hang on the annotation."""
    if annotation.kind == link_type.from_kind:
        return link_type.to_kind
    return link_type.from_kind if annotation.kind == link_type.to_kind else ""


def joinable(layers: Layers, annotation: Annotation) -> list[Annotation]:
    """The marks of the same kind and annotator that an annotation can be made one with, the nearest
    first."""

    def wanted(each: Annotation) -> bool:
        return each.id != annotation.id and each.annotator == annotation.annotator

    return _nearest(layers.of_kind(annotation.kind), extent(annotation.fragments), wanted)


def marks_near(layers: Layers, place: Fragment, annotator: str) -> list[Annotation]:
    """An annotator's marks that a stretch can be added to, the nearest first; not those that hold
    it already."""

    def wanted(each: Annotation) -> bool:
        return each.annotator == annotator and not covers(each.fragments, place)

    by_kind = (_nearest(layers.of_kind(kind), place, wanted) for kind in layers.kinds)
    return _by_distance(chain.from_iterable(by_kind), place)


def _nearest(
    marks: Sequence[Annotation],
    place: Fragment,
    wanted: Callable[[Annotation], bool] = lambda _: True,
) -> list[Annotation]:
    """Of marks in reading order those that are wanted and lie nearest to a place, the nearest
    first."""
    at = bisect_left(marks, place.start, key=lambda each: each.start)
    around = chain(
        islice(filter(wanted, islice(marks, at, at + _SOME)), 2 * NUMBERED),
        islice(filter(wanted, reversed(marks[max(0, at - _SOME) : at])), 2 * NUMBERED),
    )
    return _by_distance(around, place)


def _by_distance(marks: Iterable[Annotation], place: Fragment) -> list[Annotation]:
    """As many of the marks as can be picked by a digit, the nearest first."""
    by_distance = sorted(
        marks, key=lambda each: (_distance(place, extent(each.fragments)), reading_order(each))
    )
    return by_distance[:NUMBERED]


def cue_between(
    layers: Layers, claim: Annotation, source: Annotation, new: Annotation | None = None
) -> Annotation | None:
    """The cue that reports a claim of a source: of the cues between or beside the two that no other
    claim goes by, the nearest to the source. `new` is one that is about to be marked."""
    place, stretch = extent(source.fragments), extent(claim.fragments)
    near = Fragment(
        max(0, min(place.start, stretch.start) - _BESIDE, stretch.start - _FAR),
        min(max(place.end, stretch.end) + _BESIDE, stretch.end + _FAR),
    )
    there = layers.touching(near) if new is None else [*layers.touching(near), new]
    cues = [
        each
        for each in there
        if each.kind == "cue"
        and near.holds(extent(each.fragments))
        and not any(link.via_id == each.id for link in layers.links_of(each.id))
    ]
    return min(cues, key=lambda each: _distance(place, extent(each.fragments)), default=None)


def tie_by(layers: Layers, cue: Annotation) -> Link | None:
    """The annotator's tie that goes by way of nothing yet and would have gone by a cue, had that
    been marked before; the nearest, if there are several."""
    place = extent(cue.fragments)
    around = Fragment(max(0, place.start - _FAR), place.end + _FAR)
    ties = [
        (_distance(extent(claim.fragments), place), link.id, link)
        for claim in layers.touching(around)
        for link in layers.links_from(claim.id, ATTRIBUTION)
        if link.via_id is None
        and link.annotator == cue.annotator
        and cue_between(layers, claim, layers.get(link.to_id), cue) is cue
    ]
    return min(ties)[2] if ties else None


def _distance(one: Fragment, other: Fragment) -> int:
    """Code points between two stretches; 0 when they overlap."""
    return max(0, one.start - other.end, other.start - one.end)
