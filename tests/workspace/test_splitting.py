"""Cutting sources and cues out of claims: what is left, word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.fragment import Fragment, extent
from reader.model.layer import Layers
from reader.workspace import selection as motion
from reader.workspace import splitting
from tests.model.build import TEXT, document, mark, of


def parts(marked: str) -> list[str]:
    """What is left of a whole text of which `{these}` are cut out."""
    text = marked.replace("{", "").replace("}", "")
    cuts, at = [], 0
    for piece in marked.split("}"):
        before, _, inner = piece.partition("{")
        if inner:
            cuts.append(Fragment(at + len(before), at + len(before) + len(inner)))
        at += len(before) + len(inner)
    left = splitting.without(text, (Fragment(0, len(text)),), cuts)
    return [text[start:end] for start, end in left]


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("“It failed,” {she} {said}, “and it burnt.”", ["“It failed,”", "“and it burnt.”"]),
        ("Loyalty, {he} {noted}, has been a tenet", ["Loyalty", "has been a tenet"]),
        ("It failed - {he} {said} - and burnt", ["It failed", "and burnt"]),
        ("what {she} {said} is growing", ["what", "is growing"]),
        ("a book {titled} Women Who Work", ["a book", "Women Who Work"]),
        ("He, of Kestrel, {seems} sure", ["He, of Kestrel,", "sure"]),
        ("As it is, that is cause, {he} {said}, to go", ["As it is, that is cause", "to go"]),
        ("the resort, {now called} Doral", ["the resort", "Doral"]),
        ("“It failed,” {he} {said} in an interview. “It did.”", ["“It failed,”", "“It did.”"]),
        (
            "“It failed,” {he} {said} on “This Week” on Sunday. “It did.”",
            ["“It failed,”", "“It did.”"],
        ),
        (
            "“It failed,” {said} {Ola}, who knew {and} {suggested} that it burnt. “It did.”",
            ["“It failed,”", "“It did.”"],
        ),
        ("''It failed,'' {he} {said}. ''It did.''", ["''It failed,''", "''It did.''"]),
        ("{Varga} {said} it failed", ["it failed"]),
        ("it failed, {Varga} {said}.", ["it failed"]),
        ("“It failed,” {Varga} {said} of the pump", ["“It failed,”", "of the pump"]),
        ("{Varga} “{said}”", []),
        ("nothing is cut", ["nothing is cut"]),
    ],
)
def test_what_is_left(marked: str, left: list[str]) -> None:
    assert parts(marked) == left


def test_fragments_that_nothing_is_cut_out_of_stay_as_they_are() -> None:
    left = splitting.without("A, b said, c", (Fragment(0, 2), Fragment(3, 12)), [Fragment(5, 9)])
    assert left == (Fragment(0, 2), Fragment(3, 4), Fragment(11, 12))


QUOTE = TEXT.splitlines()[1]
AT = TEXT.index(QUOTE)
WHOLE = mark(1, (AT, AT + len(QUOTE)))
SPLIT = mark(1, (AT, AT + 26), (AT + 44, AT + len(QUOTE)))
VARGA = of("Ines Varga", 2, kind="source")
SAID = of("said Ines", 3, kind="cue")
FIRE = of("A fire", 4, kind="source")
HERE = motion.hard((AT, AT + 3))


def test_the_sources_and_cues_inside_are_cut_out() -> None:
    layers = Layers(document(), [WHOLE, VARGA, SAID, FIRE])
    for here in (WHOLE, VARGA, SAID):
        cut = splitting.cut(layers, TEXT, here, HERE)
        assert cut is not None
        assert cut.mark == WHOLE
        assert cut.names == ("said Ines", "Ines Varga")
        left = splitting.without(TEXT, WHOLE.fragments, cut.stretches)
        assert [TEXT[start:end] for start, end in left] == [
            "“We had warned them twice,”",
            "“and nothing was done.”",
        ]


def test_the_smallest_claim_round_a_source_is_meant() -> None:
    nested = mark(9, (AT + 10, AT + 60))
    cut = splitting.cut(Layers(document(), [WHOLE, nested, VARGA]), TEXT, VARGA, HERE)
    assert cut is not None
    assert cut.mark == nested


def test_the_selection_is_cut_out_where_nothing_is_tagged() -> None:
    layers = Layers(document(), [SPLIT, VARGA])
    part = motion.hard((AT + 4, AT + 7))
    cut = splitting.cut(layers, TEXT, SPLIT, part)
    assert cut is not None
    assert (cut.mark, cut.stretches, cut.names) == (SPLIT, (part.fragment,), ("had",))
    assert splitting.cut(layers, TEXT, SPLIT, motion.soft((AT + 4, AT + 7))) is None
    assert splitting.cut(layers, TEXT, VARGA, motion.hard(VARGA.fragments[0])) is None
    assert splitting.cut(layers, TEXT, FIRE, part) is None


def test_a_mark_that_holds_it_all_is_not_inside() -> None:
    round_it = mark(9, (AT - 5, AT + len(QUOTE)), kind="source")
    assert splitting.inside(Layers(document(), [WHOLE, round_it]), WHOLE) == []


@given(
    st.text(st.sampled_from("ab ,.“”\"'-—\n"), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 9)), min_size=1, max_size=4),
)
def test_what_is_left_lies_within_and_outside_of_the_cuts(
    text: str, ranges: list[tuple[int, int]]
) -> None:
    whole = Fragment(0, len(text))
    cuts = [Fragment(start, start + length) for start, length in ranges]
    left = splitting.without(text, (whole,), cuts)
    assert list(left) == sorted(left)
    assert all(one.end <= other.start for one, other in pairwise(left))
    for each in left:
        assert whole.holds(each)
        if any(cut.overlaps(whole) for cut in cuts):
            assert any(char.isalnum() for char in text[each.start : each.end])
            assert not any(cut.overlaps(each) for cut in cuts)
    if left:
        assert whole.holds(extent(left))
