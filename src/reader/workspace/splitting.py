"""Cutting something out of a mark: what is left of it, without what only joined the two.

In PolNeAR 15 % of the claims are split, nearly always by their own source and cue. Quotation marks
stay with the words they stand at, and so does the punctuation within them; the comma or period that
leads over to what was cut out goes with it, and so do the words between two quotations that say
where and when somebody spoke.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from reader.model.annotation import Annotation
from reader.model.fragment import Fragment, Fragments, covers, extent, normalized, touches
from reader.model.layer import Layers
from reader.text.units import Text
from reader.workspace.edits import shown
from reader.workspace.selection import Selection

CUT_OUT: Final = ("source", "cue")
"""The kinds that stand inside of claims without being part of them."""

_CLOSING: Final = "\"”“»›’'"
_LEADING: Final = re.compile(r"[\s,;:.–—-]+")
_TRAILING: Final = re.compile(r"[\s,;:.–—-]+\Z")
_OPENING: Final = re.compile(r"(?<!\S)[\"“„«‹‘'](?=\S)")
_NEW_QUOTATION: Final = re.compile(r"(?:(?<=[.,;:!?–—-]\s)|(?<=[.,;:!?–—-]\s\s))[\"“„«‹‘'](?=\S)")
_APPOSITION: Final = re.compile(r",[^,.!?]*,\s*\Z")
_WORD: Final = re.compile(r"\w")


class Cut(NamedTuple):
    """What is to be cut out of which mark. `names` are the words of what is cut out."""

    mark: Annotation
    stretches: Fragments
    names: tuple[str, ...]


def cut(layers: Layers, text: Text, here: Annotation, selection: Selection) -> Cut | None:
    """What splitting means at a mark; None when nothing can be cut out.

    The sources and cues tagged inside of it; on a source or cue that lies within a claim, those in
    that claim. Where none is tagged, the selection, if it is a part of the mark and was made so.
    """
    mark = _claim_round(layers, here) if here.kind in CUT_OUT else here
    if mark is not None:
        found = inside(layers, mark)
        if found:
            stretches = tuple(each for one in found for each in one.fragments)
            return Cut(mark, stretches, tuple(shown(each) for each in found))
    part = selection.fragment
    if selection.hard and covers(here.fragments, part) and here.fragments != (part,):
        return Cut(here, (part,), (" ".join(text[slice(*part)].split()),))
    return None


def _claim_round(layers: Layers, mark: Annotation) -> Annotation | None:
    """The smallest claim within whose stretch a mark lies or reaches."""
    stretch = extent(mark.fragments)
    claims = [
        each
        for each in layers.touching(stretch)
        if each.kind == "claim" and not stretch.holds(extent(each.fragments))
    ]
    return min(claims, key=lambda each: (each.end - each.start, each.start), default=None)


def inside(layers: Layers, annotation: Annotation) -> list[Annotation]:
    """The sources and cues that stand in a mark or reach into it, in reading order; not one that
    holds all of it."""
    return [
        each
        for each in layers.touching(extent(annotation.fragments))
        if each.kind in CUT_OUT
        and each.id != annotation.id
        and any(touches(annotation.fragments, fragment) for fragment in each.fragments)
        and not extent(each.fragments).holds(extent(annotation.fragments))
    ]


def without(text: Text, fragments: Fragments, cuts: Iterable[Fragment]) -> Fragments:
    """What is left of fragments when stretches are cut out of them; it may be nothing.

    A fragment that nothing is cut out of stays as it is.
    """
    left: list[Fragment] = []
    wanted = list(cuts)
    for whole in fragments:
        here = [cut for cut in wanted if cut.overlaps(whole)]
        left += _left_of(text, whole, normalized(here)) if here else [whole]
    return tuple(left)


def _left_of(text: Text, whole: Fragment, cuts: Fragments) -> list[Fragment]:
    """What of one fragment lies before, between and after the stretches that are cut out of it."""
    merged: list[Fragment] = [Fragment(whole.start, whole.start)]
    for cut in (*cuts, Fragment(whole.end, whole.end)):
        if merged[-1].end < cut.start and _WORD.search(text[merged[-1].end : cut.start]):
            merged.append(cut)
        else:  # nothing to keep between the two
            merged[-1] = Fragment(merged[-1].start, max(merged[-1].end, cut.end))
    pieces = [_without_edges(text, whole, before.end, after) for before, after in pairwise(merged)]
    return _without_asides(text, pieces)


def _without_edges(text: Text, whole: Fragment, start: int, cut: Fragment) -> Fragment:
    """A piece between two cuts without the blanks and the punctuation that led over to them.

    The comma that ends an apposition stays ("Varga, of Kestrel, | seems | sure"), unless it is one
    of a pair round the cut.
    """
    piece = text[start : cut.start]
    last = len(piece)
    first = 0
    if start > whole.start and (leading := _LEADING.match(piece)):
        first = leading.end()
    if cut.start < whole.end:
        trailing = _TRAILING.search(piece, first)
        last = trailing.start() if trailing else last
        paired = text[cut.end : cut.end + 1] in tuple(",;–—-.")
        if not paired and _APPOSITION.search(piece):
            last = len(piece.rstrip())
    return Fragment(start + first, start + max(first, last))


def _without_asides(text: Text, pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces without what stands between two quotations.

    `"…," she said in an interview. "…"`: the words about the interview are nobody's claim.
    """
    left: list[Fragment] = []
    for at, piece in enumerate(pieces):
        if left and text[left[-1].end - 1] in _CLOSING:
            opened = _opened(text, piece)
            if opened is None and any(_opened(text, each) is not None for each in pieces[at + 1 :]):
                continue
            piece = Fragment(piece.start if opened is None else opened, piece.end)
        left.append(piece)
    return left


def _opened(text: Text, piece: Fragment) -> int | None:
    """Where a quotation begins that is the other part of one that was broken off."""
    words = text[slice(*piece)]
    if _OPENING.match(words):
        return piece.start
    found = _NEW_QUOTATION.search(words) or _OPENING.search(words)
    return piece.start + found.start() if found else None
