from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.cli.marked import crossing, pieces, rows, wrapped
from reader.model.annotation import Annotation
from reader.model.fragment import normalized
from reader.text.cells import width

LETTERS = st.text(alphabet="ab \n\r\x1b\x85\u0301\u200d👩語[]", min_size=1, max_size=40)


def _mark(number: int, ranges: list[tuple[int, int]], text: str) -> Annotation:
    fragments = normalized(ranges)
    return Annotation(
        id=f"{number}",
        kind="claim",
        label=None,
        fragments=fragments,
        quote=tuple(text[start:end] for start, end in fragments),
        annotator="anna",
        created="",
        updated="",
    )


@st.composite
def marked(draw):
    text = draw(LETTERS)
    offsets = st.integers(0, len(text))
    ranges = st.tuples(offsets, offsets).filter(lambda pair: pair[0] < pair[1])
    several = draw(st.lists(st.lists(ranges, min_size=1, max_size=3), max_size=5))
    marks = [_mark(number, each, text) for number, each in enumerate(several)]
    return text, sorted(marks, key=lambda each: (each.start, each.end, each.kind, each.id))


def _written(text, marks):
    return list(pieces(text, marks, lambda mark, _: f"<{mark.id}:", lambda mark, _: f":{mark.id}>"))


@given(marked())
def test_every_fragment_is_opened_and_closed(given_):
    text, marks = given_
    written = [piece.text for piece in _written(text, marks)]
    for mark in marks:
        assert written.count(f"<{mark.id}:") == len(mark.fragments)
        assert written.count(f":{mark.id}>") == len(mark.fragments)


@given(marked())
def test_nothing_is_a_control_but_line_ends(given_):
    written = "".join(piece.text for piece in _written(*given_))
    assert not [
        char for char in written if char != "\n" and (char < " " or "\x7f" <= char < "\xa0")
    ]


@given(marked())
def test_brackets_that_do_not_cross_nest(given_):
    text, marks = given_
    crossed = crossing(marks)
    begun: list[str] = []
    for piece in _written(text, [mark for mark in marks if mark.id not in crossed]):
        if piece.text.startswith("<"):
            begun.append(piece.text[1:-1])
        elif piece.text.endswith(">"):
            assert begun.pop() == piece.text[1:-1]
    assert begun == []


@given(marked())
def test_pieces_say_how_many_marks_lie_over_them(given_):
    text, marks = given_
    depth = 0
    for piece in _written(text, marks):
        if piece.text.startswith("<"):
            depth += 1
        if piece.text != "\n":
            assert len(piece.kinds) == depth
        if piece.text.endswith(">"):
            depth -= 1


@given(marked(), st.integers(4, 20))
def test_rows_fit_and_lose_nothing_but_blanks(given_, most):
    for line in rows(iter(_written(*given_))):
        got = [list(row) for row in wrapped(line, most)]
        for row in got:
            assert width("".join(piece.text for piece in row)) <= most
        whole = "".join(piece.text for piece in line)
        shown = "".join(piece.text for row in got for piece in row)
        assert shown.replace(" ", "") == whole.replace(" ", "")


def test_crossing_is_not_nesting():
    text = "abcdefgh"
    outer, inner, other = (
        _mark(number, [each], text) for number, each in enumerate([(0, 4), (1, 3), (2, 6)])
    )
    assert crossing([outer, inner]) == set()
    assert crossing([outer, inner, other]) == {"0", "1", "2"}
    assert crossing([outer, _mark(3, [(4, 6)], text)]) == set()
