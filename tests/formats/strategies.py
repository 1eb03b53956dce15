"""Any content at all: for properties that hold of every document."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from reader.formats.codec import Content
from reader.model.annotation import Anchor, Annotation
from tests.formats.fixtures import content
from tests.model.build import mark, tie

texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)
"""Of every script, and of every character that is in none: NULs, controls, BOMs."""

scripts = st.lists(
    st.sampled_from(
        (
            *"aZ .,\n\t\r",
            "\r\n",
            "é",
            "e\u0301",
            "ß",
            "Ж",
            "א",
            "ع",
            "中",
            "한",
            "नि",
            "ไ",
            "😀",
            "👩‍👩‍👧",
        )
    ),
    min_size=1,
    max_size=60,
).map("".join)
"""What texts are made of, thickly: line ends, combining marks, all widths of UTF-8 and UTF-16."""

_leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    _leaves.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
mappings = st.dictionaries(texts, values, max_size=3)

_KINDS = ("entity", "claim", "source", "cue")


@st.composite
def contents(draw: st.DrawFn, *, wild: bool = True) -> Content:
    """A document whose marks overlap, are nested, equal and split; each may be linked to the first.

    `wild` ones have kinds, labels, annotators and attributes of any characters; the others have the
    usual ones, and nothing foreign.
    """
    text = draw(texts | scripts)
    marks = []
    for number in range(draw(st.integers(0, 4))):
        marks.append(_mark(draw, number, text, wild))
    ties = []
    for at, each in enumerate(marks[1:]):
        if draw(st.booleans()):
            via = draw(st.sampled_from((None, *marks)))
            words = draw(st.just("") | texts) if wild else ""
            ties.append(tie(90 + at, each, marks[0], via, note=words))
    return content(text, *marks, *ties, title=draw(texts) if wild else "article.txt")


def _mark(draw: st.DrawFn, number: int, text: str, wild: bool) -> Annotation:
    places = st.integers(0, len(text))
    cuts = sorted(draw(st.sets(places, min_size=2, max_size=6)))
    if len(cuts) % 2:
        cuts.pop()
    ranges = list(zip(cuts[::2], cuts[1::2], strict=True))
    if draw(st.booleans()) and ranges[0][1] - ranges[0][0] > 1:
        start, end = ranges[0]
        ranges[:1] = [(start, start + 1), (start + 1, end)]  # parts that touch
    if not wild:
        kind, label = draw(st.sampled_from(_KINDS)), draw(st.none() | st.just("named"))
        return mark(number, *ranges, text=text, kind=kind, label=label)
    return mark(
        number,
        *ranges,
        text=text,
        kind=draw(texts),
        label=draw(st.none() | texts),
        note=draw(texts | st.just("")),
        anchor=draw(st.sampled_from(get_args(Anchor))),
        attributes=draw(mappings),
        foreign=draw(mappings),
        annotator=draw(texts),
    )
